/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The packet as the chain sees it. It lives in a per-CPU scratch entry that belongs to one chain (hook x family) of one
 * generation, so that it survives tail calls; TC hooks run with bottom halves off, so nothing interrupts its use.
 *
 * Included after the generated types (struct packet_meta, struct flow_fields, struct flow, ...).
 */
#ifndef CALICO_PACKET_H
#define CALICO_PACKET_H

#define ETH_HEADER_LEN 14

/* Bits of packet.flags. */
#define PACKET_REDECIDED	0x01	/* NewFlow runs again for a flow that exists */
#define PACKET_RESOLVE		0x02	/* only the way of this direction is missing */
#define PACKET_PENDING		0x04	/* the flow stands in the table of unanswered flows */
#define PACKET_ICMP_ERROR	0x08	/* carries the start of the packet that caused it */
#define PACKET_TRANSLATED	0x10	/* a NewFlow stage asked for a translation */

struct tuple {
	__u32 src[4];		/* network byte order; IPv4 in the first word */
	__u32 dst[4];
	union {
		struct {
			__be16 sport;	/* ICMP echo: the identifier, in both ports */
			__be16 dport;
		};
		__u32 ports;
	};
} __attribute__((aligned(8)));	/* IPv6 addresses are compared in halves */

struct packet {
	/* as it came */
	struct tuple tuple;
	__u32 len;		/* bytes from the network header on; a GSO packet's whole length */
	__u16 l4_offset;	/* from the start of the frame */
	__u8 protocol;
	__u8 tcp_flags;
	__u8 icmp_type;
	__u8 icmp_code;
	__u8 direction;		/* 0: the sender is the lower end of the flow's key */
	__u8 flags;
	__u16 in_slot;		/* interface slot where it came in; 0: the host's stack */
	__u16 out_slot;
	__u8 way;		/* enum way, once known */
	__u8 reserved0;
	__u16 drop_reason;
	__u32 next_hop[4];
	/* of its flow's initiator: what NewFlow stages decide about, whichever direction's packet triggered them */
	struct tuple original;
	/* the flow's decisions: a draft in NewFlow, a copy in tail-called PostFlow stages */
	__u64 stages;
	struct flow_rewrite rewrite;
	union {
		struct flow_fields fields;
		__u64 field_words[6];
	};
	union {
		struct packet_meta meta;
		__u64 meta_words[4];
	};
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct packet);
} scratch SEC(".maps");

static __always_inline struct packet *packet_scratch(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratch, &zero);
}

#endif
