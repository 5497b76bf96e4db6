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

#if FAMILY == 4
#define FLOW_KEY struct flow_key_v4
#else
#define FLOW_KEY struct flow_key_v6
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
static __always_inline int flow_key_fill(FLOW_KEY *key, const struct tuple *t, __u8 protocol)
{
	int high;

#if FAMILY == 4
	high = ((__u64)t->src[0] << 16 | t->sport) > ((__u64)t->dst[0] << 16 | t->dport);
	key->low_address = high ? t->dst[0] : t->src[0];
	key->high_address = high ? t->src[0] : t->dst[0];
#else
	const __u64 *src = (const __u64 *)t->src, *dst = (const __u64 *)t->dst;

	if (src[0] != dst[0])
		high = src[0] > dst[0];
	else if (src[1] != dst[1])
		high = src[1] > dst[1];
	else
		high = t->sport > t->dport;
	address_copy(key->low_address, high ? t->dst : t->src);
	address_copy(key->high_address, high ? t->src : t->dst);
#endif
	key->low_port = high ? t->dport : t->sport;
	key->high_port = high ? t->sport : t->dport;
	key->protocol = protocol;
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
