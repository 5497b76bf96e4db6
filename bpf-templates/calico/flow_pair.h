/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * A translated flow is two linked entries: one under the initiator's tuple, one under the tuple that replies carry.
 * Each names the other through its rewrite. They are kept as a pair: a state change is written to both; and at most once
 * a second a packet of one looks the other up, which keeps it young in the kernel's LRU and tells when it is gone, in
 * which case the survivor is a miss too. Included by flow.h.
 */

static __always_inline int flow_partner_key(FLOW_KEY *key, const struct flow_rewrite *rewrite, __u8 protocol)
{
	struct tuple t = {};

	address_copy(t.src, rewrite->source);
	address_copy(t.dst, rewrite->destination);
	t.sport = rewrite->source_port;
	t.dport = rewrite->destination_port;
	return flow_key_fill(key, &t, protocol);
}

static __noinline struct flow *flow_partner(struct flow *flow, __u8 protocol)
{
	FLOW_KEY key = {};
	struct flow *partner;

	if (!flow)
		return NULL;
	flow_partner_key(&key, &flow->rewrite, protocol);
	partner = bpf_map_lookup_elem(&flows, &key);
	if (!partner)
		partner = bpf_map_lookup_elem(&pending, &key);
	return partner;
}

/* False: the partner is gone, so this entry no longer stands for a connection. */
static __always_inline int flow_pair_is_whole(struct flow *flow, __u8 protocol, __u32 now)
{
	struct flow *partner;

	if (!(flow->flags & FLOW_FLAGS_TRANSLATED) || now - flow->touched_at < TICKS_PER_SECOND)
		return 1;
	partner = flow_partner(flow, protocol);
	if (!partner)
		return 0;
	flow->touched_at = now;
	partner->last_seen = now;
	return 1;
}
