/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The flow table. Two kernel LRU maps per family:
 *	flows	what both ends have agreed to (answered)
 *	pending	what nobody has answered yet
 * An established packet pays for one lookup, in flows. A flood of first packets turns over `pending` only, so it evicts
 * no established flow. An expired entry is a miss whether or not it was swept.
 */
#ifndef CALICO_FLOW_H
#define CALICO_FLOW_H

#include <calico/ticks.h>

/*
 * A key is written in words of eight bytes. The kernel reads it in words of four and of eight, and a read that spans
 * several smaller writes has to wait for them: some 4 ns.
 */
union flow_key {
#if FAMILY == 4
	struct flow_key_v4 fields;
	__u64 words[2];
#else
	struct flow_key_v6 fields;
	__u64 words[5];
#endif
};

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define WORD_OF(first, second) ((__u64)(first) | (__u64)(second) << 32)
#else
#define WORD_OF(first, second) ((__u64)(first) << 32 | (__u64)(second))
#endif

/* Idle time in ticks after which a flow of each state is a miss. */
const volatile __u32 flow_timeouts[16] = { FLOW_TIMEOUTS };

static __always_inline __u32 flow_timeout(__u8 state)
{
	return flow_timeouts[state & 15];
}

static __always_inline int flow_is_expired(const struct flow *flow, __u32 now)
{
	return unlikely(ticks_exceed(now, flow->last_seen, flow_timeout(flow->state)));
}

/* Orders the two ends; returns the direction: 0 where the sender is the lower end, 1 where it is the higher. */
static __always_inline int flow_key_fill(union flow_key *key, const struct tuple *t, __u8 protocol)
{
	__u32 ports = t->ports;
	int high;
#if FAMILY == 4
	__u32 low_address = t->src[0], high_address = t->dst[0];

	high = ((__u64)low_address << 16 | t->sport) > ((__u64)high_address << 16 | t->dport);
	if (high) {
		low_address = t->dst[0];
		high_address = t->src[0];
		ports = ports << 16 | ports >> 16;
	}
	key->words[0] = WORD_OF(low_address, high_address);
	key->words[1] = WORD_OF(ports, protocol);
#else
	const __u64 *low = (const __u64 *)t->src, *upper = (const __u64 *)t->dst;

	if (low[0] != upper[0])
		high = low[0] > upper[0];
	else if (low[1] != upper[1])
		high = low[1] > upper[1];
	else
		high = t->sport > t->dport;
	if (high) {
		low = (const __u64 *)t->dst;
		upper = (const __u64 *)t->src;
		ports = ports << 16 | ports >> 16;
	}
	key->words[0] = low[0];
	key->words[1] = low[1];
	key->words[2] = upper[0];
	key->words[3] = upper[1];
	key->words[4] = WORD_OF(ports, protocol);
#endif
	return high;
}

static __always_inline struct flow_direction *flow_direction(struct flow *flow, __u8 direction)
{
	return direction ? &flow->high_to_low : &flow->low_to_high;
}

static __always_inline __u32 *flow_next_hop(struct flow *flow, __u8 direction)
{
	return direction ? flow->high_to_low_next_hop : flow->low_to_high_next_hop;
}

static __always_inline int flow_sender_is_initiator(const struct flow *flow, const struct packet *pkt)
{
	return !(flow->flags & FLOW_FLAGS_INITIATOR_IS_HIGH) == !pkt->direction;
}

static __always_inline void tuple_reverse(struct tuple *to, const struct tuple *from)
{
	address_copy(to->src, from->dst);
	address_copy(to->dst, from->src);
	to->sport = from->dport;
	to->dport = from->sport;
}

static __always_inline __u8 flow_first_state(const struct packet *pkt)
{
	switch (pkt->protocol) {
	case PROTOCOL_TCP:
		return FLOW_STATE_SYN_SENT;
	case PROTOCOL_UDP:
	case PROTOCOL_UDPLITE:
		return FLOW_STATE_UDP_UNANSWERED;
	case PROTOCOL_ICMP:
	case PROTOCOL_ICMPV6:
		return FLOW_STATE_ICMP;
	default:
		return FLOW_STATE_OTHER;
	}
}

#include <calico/flow_pair.h>
#include <calico/flow_track.h>

#endif
