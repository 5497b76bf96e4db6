/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The end of NewFlow: finds the way of this packet's direction, stores what was decided, and sends the packet on.
 * Also entered without NewFlow where only the way is missing (the first reply), and for ICMP errors, which have no entry.
 */
#ifndef CALICO_COMMIT_PROGRAM_H
#define CALICO_COMMIT_PROGRAM_H

/* Entries are made here and then copied into the table: two of them would be most of a program's stack. */
struct draft {
	struct flow flow;
	struct flow reply_half;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct draft);
} drafts SEC(".maps");

static __always_inline void commit_way(struct flow *flow, const struct packet *pkt, __u8 way_direction, __u32 stamp)
{
	struct flow_direction *direction = flow_direction(flow, way_direction);

	direction->way = pkt->way;
	direction->output = pkt->out_slot;
	if (pkt->way == WAY_NEIGH)
		address_copy(flow_next_hop(flow, way_direction), pkt->next_hop);
	/* last: a reader on another CPU that sees the stamp sees the way */
	barrier();
	direction->stamp = stamp;
}

/*
 * The way of replies, where it is known already: back to the workload that sent, or back to the stack. It is valid under
 * the same stamp, because a reply comes in where the flow goes out, and the other way round. What is left for the first
 * reply to find out is a way out of an uplink.
 */
static __always_inline void commit_reply_way(struct flow *flow, const struct packet *pkt, const struct interface *in,
					     __u32 stamp)
{
	struct flow_direction *reply = flow_direction(flow, !pkt->direction);

#if HOOK == HOOK_WORKLOAD_INGRESS
	reply->output = pkt->in_slot;
	if (pkt->out_slot == 0)
		reply->way = WAY_NONE;	/* it comes from the stack, at an egress hook: on its way already */
	else if (HOST_ROUTING)
		reply->way = WAY_STACK_JUDGED;
	else if (in->flags & INTERFACE_FLAGS_PEER_ELSEWHERE)
		reply->way = WAY_PEER;
	else
		return;
#elif HOOK_IS_INGRESS
	if (pkt->out_slot != 0)
		return;
	reply->output = pkt->in_slot;
	reply->way = WAY_NONE;
#else
	reply->output = 0;
	reply->way = WAY_STACK;
#endif
	barrier();
	reply->stamp = stamp;
}

/* Replies of a translated flow come under another tuple: its second entry. */
static __always_inline long commit_reply_half(union flow_key *key, const struct packet *pkt,
					      const struct flow *first, struct flow *half)
{
	int high;

	__builtin_memset(half, 0, sizeof(*half));
	half->last_seen = first->last_seen;
	half->state = first->state;
	half->initiator_tcp_flags = first->initiator_tcp_flags;
	half->stages = pkt->stages;
	half->touched_at = first->last_seen;
	__builtin_memcpy(half->fields, first->fields, sizeof(half->fields));
	/* what replies turn into: from whom the initiator sent to, to the initiator */
	address_copy(half->rewrite.source, pkt->tuple.dst);
	address_copy(half->rewrite.destination, pkt->tuple.src);
	half->rewrite.source_port = pkt->tuple.dport;
	half->rewrite.destination_port = pkt->tuple.sport;
	high = flow_partner_key(key, &pkt->rewrite, pkt->protocol);
	half->flags = FLOW_FLAGS_TRANSLATED | FLOW_FLAGS_REPLY_HALF | (high ? FLOW_FLAGS_INITIATOR_IS_HIGH : 0) |
		     (first->flags & FLOW_FLAGS_FROM_STACK);
	return bpf_map_update_elem(&pending, key, half, BPF_ANY);
}

static __always_inline int commit_new(struct __sk_buff *skb, struct packet *pkt, __u32 stamp, const struct interface *in,
				      struct interface *out, __u32 now, __u32 from)
{
	struct flow_direction *direction;
	union flow_key key = {}, reply_key = {};
	__u32 segments, zero = 0;
	struct draft *draft;
	struct flow *flow;
	int verdict;

	draft = bpf_map_lookup_elem(&drafts, &zero);
	if (!draft)
		return drop_count(skb, DROP_FLOW_TABLE_FULL);
	flow = &draft->flow;
	__builtin_memset(flow, 0, sizeof(*flow));
	flow_key_fill(&key, &pkt->tuple, pkt->protocol);
	flow->last_seen = now;
	flow->state = flow_first_state(pkt);
	flow->initiator_tcp_flags = pkt->tcp_flags;
	flow->flags = (pkt->direction ? FLOW_FLAGS_INITIATOR_IS_HIGH : 0) | (HOOK_IS_INGRESS ? 0 : FLOW_FLAGS_FROM_STACK);
	flow->stages = pkt->stages;
	__builtin_memcpy(flow->fields, pkt->field_words, sizeof(flow->fields));
	commit_way(flow, pkt, pkt->direction, stamp);
	if (pkt->flags & PACKET_TRANSLATED) {
		flow->flags |= FLOW_FLAGS_TRANSLATED;
		flow->rewrite = pkt->rewrite;
		flow->touched_at = now;
	} else {
		commit_reply_way(flow, pkt, in, stamp);
	}
	direction = flow_direction(flow, pkt->direction);
	segments = skb->gso_segs;
	direction->packets = segments ? segments : 1;
	direction->bytes = pkt->len;
#if HAS_INLINE_STAGES
	if (chain_inline_stages(skb, pkt, flow) != STAGE_NEXT)
		return drop_count(skb, pkt->drop_reason);
	__builtin_memcpy(pkt->field_words, flow->fields, sizeof(pkt->field_words));
#endif
	if (pkt->flags & PACKET_TRANSLATED && commit_reply_half(&reply_key, pkt, flow, &draft->reply_half))
		return drop_count(skb, DROP_FLOW_TABLE_FULL);
	if (bpf_map_update_elem(&pending, &key, flow, BPF_ANY)) {
		if (pkt->flags & PACKET_TRANSLATED)
			bpf_map_delete_elem(&pending, &reply_key);
		return drop_count(skb, DROP_FLOW_TABLE_FULL);
	}
#if HAS_POST_FLOW_STAGES
	verdict = chain_post_flow(skb, pkt->stages, from);
	if (verdict != CHAIN_FORWARD)
		return verdict;
#endif
#if HOOK_IS_INGRESS
	verdict = forward(skb, pkt, pkt->way, out, pkt->next_hop);
#else
	verdict = forward_onward(skb);
#endif
	return verdict;
}

static __always_inline int commit_program(struct __sk_buff *skb, struct packet *pkt, __u32 from)
{
	struct interface *in, *out;
	__u32 now = bpf_jiffies64();
	struct flow *flow = NULL;
	union flow_key key = {};
	__u32 stamp;

	if (pkt->flags & (PACKET_REDECIDED | PACKET_RESOLVE)) {
		flow_key_fill(&key, &pkt->tuple, pkt->protocol);
		pkt->flags &= ~PACKET_PENDING;
		flow = bpf_map_lookup_elem(&flows, &key);
		if (!flow) {
			flow = bpf_map_lookup_elem(&pending, &key);
			pkt->flags |= PACKET_PENDING;
		}
		if (!flow) {	/* evicted or deleted this very moment */
			/* what NewFlow decided is the initiator's: a reply cannot stand for it */
			if (!(pkt->flags & PACKET_REDECIDED) || !address_equal(pkt->original.src, pkt->tuple.src) ||
			    pkt->original.sport != pkt->tuple.sport)
				return drop_count(skb, DROP_FLOW_TABLE_FULL);
			pkt->flags &= ~(PACKET_REDECIDED | PACKET_PENDING);
		}
	}
#if HOOK_IS_INGRESS
	if (pkt->flags & PACKET_ICMP_ERROR)
		flow = icmp_error_flow(skb, pkt, now);
	if (flow && flow->flags & FLOW_FLAGS_FROM_STACK && !flow_sender_is_initiator(flow, pkt)) {
		/* the stack made or forwarded the flow, so it must see what comes back, if only to undo a translation */
		pkt->way = WAY_STACK;
		pkt->out_slot = 0;
	} else {
		const __u32 *dst = pkt->tuple.dst;
		int reason;

		/* what a NewFlow stage asks for now does not change a flow that exists */
		if (flow && flow_rewrites(flow, pkt))
			dst = flow->rewrite.destination;
		else if (!flow && pkt->flags & PACKET_TRANSLATED)
			dst = pkt->rewrite.destination;
		reason = route_resolve(skb, pkt, dst);
		if (reason)
			return drop_count(skb, reason);
	}
#else
	pkt->way = WAY_NONE;	/* the packet is on its way; where to, is the stack's decision */
#endif
	in = interface_at(pkt->in_slot);
	out = interface_at(pkt->out_slot);
	if (!in || !out)
		return drop_count(skb, DROP_NO_ROUTE);
	if (pkt->flags & PACKET_ICMP_ERROR) {
#if HOOK_IS_INGRESS
		return forward(skb, pkt, pkt->way, out, pkt->next_hop);
#else
		return forward_onward(skb);
#endif
	}
	stamp = in->stamp + out->stamp;
	if (!flow)
		return commit_new(skb, pkt, stamp, in, out, now, from);
	if (pkt->flags & PACKET_REDECIDED) {
		flow->stages = pkt->stages;
		__builtin_memcpy(flow->fields, pkt->field_words, sizeof(pkt->field_words));
		pkt->flags &= ~(PACKET_REDECIDED | PACKET_TRANSLATED);	/* what drops from here on drops the packet, not the flow */
	}
	commit_way(flow, pkt, pkt->direction, stamp);
	flow = flow_track(pkt, flow, now);
	if (!flow)
		return drop_count(skb, DROP_FLOW_TABLE_FULL);
	return flow_accept(skb, pkt, flow, now, out, from);
}

#endif
