/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Connection states. TCP after RFC 9293, figure 5, seen from the middle and without sequence numbers, as Calico does.
 * Included by flow.h.
 */

#define EEXIST 17

/* Traffic this long after a RST shows that the RST was not the end (Calico's rule). */
#define RESET_FORGIVEN (120 * TICKS_PER_SECOND)

static __always_inline void flow_track_tcp(struct flow *flow, const struct packet *pkt, __u32 now)
{
	__u8 flags = pkt->tcp_flags, state = flow->state;
	int initiator = flow_sender_is_initiator(flow, pkt);

	if (initiator)
		flow->initiator_tcp_flags |= flags;
	else
		flow->responder_tcp_flags |= flags;
	if (flags & TCP_RST) {
		flow->state = FLOW_STATE_RESET;
		flow->reset_at = now;
		return;
	}
	if (state == FLOW_STATE_RESET) {
		if (ticks_exceed(now, flow->reset_at, RESET_FORGIVEN))
			flow->state = FLOW_STATE_ESTABLISHED;
		return;
	}
	if (flow->initiator_tcp_flags & flow->responder_tcp_flags & TCP_FIN)
		flow->state = FLOW_STATE_CLOSING;
	else if (state == FLOW_STATE_SYN_SENT && !initiator && (flags & (TCP_SYN | TCP_ACK)) == (TCP_SYN | TCP_ACK))
		flow->state = FLOW_STATE_SYN_RECEIVED;
	else if ((state == FLOW_STATE_SYN_RECEIVED || state == FLOW_STATE_SYN_SENT) && initiator &&
		 (flags & (TCP_SYN | TCP_ACK)) == TCP_ACK)
		flow->state = FLOW_STATE_ESTABLISHED;	/* also where replies take another way */
}

/*
 * Moves an answered flow, and its partner, out of the table of unanswered ones. Returns the entry that counts from now
 * on, which is still the pending one where the table has no room.
 */
static __always_inline struct flow *flow_promote(const union flow_key *key, struct flow *flow,
						 const union flow_key *other, const struct flow *partner)
{
	struct flow *moved;
	long failed;

	/* another CPU may be first: then its entry counts */
	failed = bpf_map_update_elem(&flows, key, flow, BPF_NOEXIST);
	if (failed && failed != -EEXIST)
		return flow;
	moved = bpf_map_lookup_elem(&flows, key);
	if (!moved)
		return flow;
	bpf_map_delete_elem(&pending, key);
	if (partner) {
		failed = bpf_map_update_elem(&flows, other, partner, BPF_NOEXIST);
		if (!failed || failed == -EEXIST)
			bpf_map_delete_elem(&pending, other);
	}
	return moved;
}

/* What only the first packets of a connection, and those that open or end one, need. */
static __noinline struct flow *flow_track_slowly(struct packet *pkt, struct flow *flow, __u32 now)
{
	union flow_key key = {}, other = {};
	struct flow *partner = NULL;
	int answered;

	if (!pkt || !flow)
		return NULL;
	flow_key_fill(&key, &pkt->tuple, pkt->protocol);
	if (pkt->protocol == PROTOCOL_TCP) {
		flow_track_tcp(flow, pkt, now);
		/* whoever sends SYN and ACK and hears nothing is no more answered than one who sends SYN alone */
		answered = flow->responder_tcp_flags &&
			   (flow->state == FLOW_STATE_ESTABLISHED || flow->state == FLOW_STATE_CLOSING);
	} else {
		answered = !flow_sender_is_initiator(flow, pkt);
		if (answered && flow->state == FLOW_STATE_UDP_UNANSWERED)
			flow->state = FLOW_STATE_UDP_ANSWERED;
	}
	if (flow->flags & FLOW_FLAGS_TRANSLATED) {
		partner = flow_partner(&key, flow, &other);
		if (partner) {
			partner->state = flow->state;
			partner->initiator_tcp_flags = flow->initiator_tcp_flags;
			partner->responder_tcp_flags = flow->responder_tcp_flags;
			partner->reset_at = flow->reset_at;
		}
	}
	if (answered && (pkt->flags & PACKET_PENDING)) {
		pkt->flags &= ~PACKET_PENDING;
		return flow_promote(&key, flow, &other, partner);
	}
	return flow;
}

/* One comparison for an established packet. */
static __always_inline struct flow *flow_track(struct packet *pkt, struct flow *flow, __u32 now)
{
	if (pkt->protocol == PROTOCOL_TCP) {
		if (likely(flow->state == FLOW_STATE_ESTABLISHED && !(pkt->tcp_flags & (TCP_SYN | TCP_FIN | TCP_RST)) &&
			   !(pkt->flags & PACKET_PENDING)))
			return flow;
	} else if (likely(!(pkt->flags & PACKET_PENDING))) {
		return flow;
	}
	return flow_track_slowly(pkt, flow, now);
}
