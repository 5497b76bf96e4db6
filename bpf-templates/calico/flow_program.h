/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The middle of every TC chain: find the flow, and send its packet on; or have the flow decided first.
 *
 *	        hit, stamp right                     flow_accept ──► inline stages ──► tail-called stages ──► forward
 *	lookup ─hit, stamp old ── source ── NewFlow (again) ──► commit ─┘
 *	       ─hit, no stamp ─── source ─────────────────────► commit ─┘
 *	        miss ──────────── source ── NewFlow ──────────► commit ─┘
 *
 * The generated part of the chain gives:
 *	chain_inline_stages(ctx, pkt, flow)	STAGE_NEXT or STAGE_DROP
 *	chain_new_flow(ctx, from)		calls the first NewFlow stage, or commit; returns a verdict if that is missed
 *	chain_commit(ctx, from)			calls commit
 *	chain_post_flow(ctx, stages, from)	calls the first tail-called PostFlow stage that this flow wants;
 *						CHAIN_FORWARD where there is none
 */
#ifndef CALICO_FLOW_PROGRAM_H
#define CALICO_FLOW_PROGRAM_H

/* Sends a packet of a known flow on: counts it, runs what the flow wants, forwards. */
static __always_inline int flow_accept(struct __sk_buff *skb, struct packet *pkt, struct flow *flow, __u32 now,
				       struct interface *out, __u32 from)
{
	struct flow_direction *direction = flow_direction(flow, pkt->direction);
	__u32 segments = skb->gso_segs;

	direction->packets += segments ? segments : 1;
	direction->bytes += pkt->len;
	if (flow->last_seen != now)
		flow->last_seen = now;
#if HAS_INLINE_STAGES
	if (chain_inline_stages(skb, pkt, flow) != STAGE_NEXT)
		return drop_count(skb, pkt->drop_reason);
#endif
#if HAS_POST_FLOW_STAGES
	if (POST_FLOW_ALWAYS || unlikely(flow->stages & POST_FLOW_BITS)) {
		int verdict;

		pkt->way = direction->way;
		pkt->out_slot = direction->output;
		address_copy(pkt->next_hop, flow_next_hop(flow, pkt->direction));
		__builtin_memcpy(pkt->field_words, flow->fields, sizeof(pkt->field_words));
		pkt->stages = flow->stages;
		if (unlikely(flow->flags & FLOW_FLAGS_TRANSLATED)) {
			pkt->rewrite = flow->rewrite;
			pkt->flags |= PACKET_TRANSLATED;
		}
		verdict = chain_post_flow(skb, flow->stages, from);
		if (verdict != CHAIN_FORWARD)
			return verdict;
	}
#endif
#if HOOK_IS_INGRESS
	return forward(skb, pkt, direction->way, out, flow_next_hop(flow, pkt->direction));
#else
	return forward_onward(skb);
#endif
}

/* A TCP segment without a flow: on the host's interfaces it may belong to a connection older than the dataplane. */
static __always_inline int tcp_without_flow(struct __sk_buff *skb)
{
#if HOOK == HOOK_WORKLOAD_INGRESS || HOOK == HOOK_WORKLOAD_EGRESS
	return drop_count(skb, DROP_TCP_WITHOUT_FLOW);
#elif HOOK_IS_INGRESS
	return forward_to_stack(skb, MARK_SEEN);
#else
	return forward_onward(skb);
#endif
}

/* Prepares what NewFlow stages see: the initiator's tuple, whoever's packet this is. */
static __always_inline void new_flow_prepare(struct packet *pkt, const struct flow *flow)
{
	int i;

	if (!flow || flow_sender_is_initiator(flow, pkt)) {
		pkt->original = pkt->tuple;
	} else if (flow->flags & FLOW_FLAGS_REPLY_HALF) {
		/* what replies turn into is what the initiator sent, reversed */
		address_copy(pkt->original.src, flow->rewrite.destination);
		address_copy(pkt->original.dst, flow->rewrite.source);
		pkt->original.sport = flow->rewrite.destination_port;
		pkt->original.dport = flow->rewrite.source_port;
	} else {
		tuple_reverse(&pkt->original, &pkt->tuple);
	}
	if (flow) {
		__builtin_memcpy(pkt->field_words, flow->fields, sizeof(pkt->field_words));
	} else {
		for (i = 0; i < 6; i++)
			pkt->field_words[i] = 0;
	}
	pkt->stages = 0;
}

static __always_inline int flow_program(struct __sk_buff *skb, struct packet *pkt, __u32 from)
{
	struct interface *iface, *in, *out;
	struct flow_direction *direction;
	struct flow *flow;
	union flow_key key;
	int reason;
	__u32 now;

	iface = interface_of(skb->ifindex);
	if (unlikely(!iface))
		return drop_count(skb, DROP_UNKNOWN_INTERFACE);
#if HOOK_IS_INGRESS
	in = iface;
	pkt->in_slot = iface->slot;
#else
	in = interface_at(0);
	if (!in)
		return drop_count(skb, DROP_UNKNOWN_INTERFACE);
	pkt->in_slot = 0;
	pkt->out_slot = iface->slot;
#endif
	now = bpf_jiffies64();
	if (unlikely(pkt->flags & PACKET_ICMP_ERROR)) {
		if (icmp_error_flow(skb, pkt, now)) {
			reason = source_check(pkt);
			if (reason)
				return drop_count(skb, reason);
			return chain_commit(skb, from);
		}
		pkt->flags &= ~PACKET_ICMP_ERROR;
	}
	pkt->direction = flow_key_fill(&key, &pkt->tuple, pkt->protocol);
	flow = bpf_map_lookup_elem(&flows, &key);
	if (unlikely(!flow)) {
		flow = bpf_map_lookup_elem(&pending, &key);
		if (flow)
			pkt->flags |= PACKET_PENDING;
	}
	if (unlikely(!flow))
		goto miss;
	if (flow_is_expired(flow, now) || unlikely(!flow_pair_is_whole(&key, flow, now)))
		goto gone;
	direction = flow_direction(flow, pkt->direction);
#if !HOOK_IS_INGRESS
	/* judged where it came in, and the stack has left its tuple alone: one packet, one judgement */
	if (skb->mark & MARK_SEEN && direction->way == WAY_STACK)
		return forward_onward(skb);
#endif
	/* 1. a new connection under the tuple of one that has ended, or a retried first segment: policy speaks again */
	if (unlikely(pkt->protocol == PROTOCOL_TCP && (pkt->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN)) {
		if (flow->state == FLOW_STATE_CLOSING || flow->state == FLOW_STATE_RESET)
			goto gone;
		goto decide;
	}
	/* 2. does what the flow remembers still hold? */
#if HOOK_IS_INGRESS
	out = interface_at(direction->output);
	if (!out)
		return drop_count(skb, DROP_NO_ROUTE);
#else
	out = iface;
#endif
	if (unlikely(direction->stamp != in->stamp + out->stamp)) {
		if (direction->stamp)
			goto decide;
		reason = source_check(pkt);
		if (reason)
			return drop_count(skb, reason);
		pkt->flags |= PACKET_RESOLVE;
		return chain_commit(skb, from);
	}
	/* 3. it does */
	flow = flow_track(pkt, flow, now);
	if (!flow)
		return drop_count(skb, DROP_FLOW_TABLE_FULL);
	return flow_accept(skb, pkt, flow, now, out, from);

decide:
	reason = source_check(pkt);
	if (reason)
		return drop_count(skb, reason);
	pkt->flags |= PACKET_REDECIDED;
	new_flow_prepare(pkt, flow);
	return chain_new_flow(skb, from);

gone:
	flow_delete(pkt);
	pkt->flags &= ~PACKET_PENDING;
miss:
#if HOOK == HOOK_WORKLOAD_INGRESS
	if (is_local_service(skb, pkt))
		return forward_to_stack(skb, MARK_SEEN);
#elif FAMILY == 6
	/* neighbour discovery is the link's business, not a flow's; it never leads into a workload from elsewhere */
	if (pkt->protocol == PROTOCOL_ICMPV6 && pkt->icmp_type >= 130 && pkt->icmp_type <= 137 && is_of_this_link(skb, pkt))
		return VERDICT_CONTINUE;
#endif
	if (pkt->protocol == PROTOCOL_TCP && (pkt->tcp_flags & (TCP_SYN | TCP_ACK)) != TCP_SYN)
		return tcp_without_flow(skb);
	reason = source_check(pkt);
	if (reason)
		return drop_count(skb, reason);
	new_flow_prepare(pkt, NULL);
	return chain_new_flow(skb, from);
}

#endif
