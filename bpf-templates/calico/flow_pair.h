/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * A translated flow is two linked entries: one under the initiator's tuple, one under the tuple that replies carry.
 * Each names the other through its rewrite. They are kept as a pair: a state change is written to both, they are
 * promoted and deleted together; and at most once a second a packet of one looks the other up, which keeps it young in
 * the kernel's LRU and tells when it is gone, in which case the survivor is a miss too. Included by flow.h.
 */

static __always_inline int flow_partner_key(union flow_key *key, const struct flow_rewrite *rewrite, __u8 protocol)
{
	struct tuple t = {};

	address_copy(t.src, rewrite->source);
	address_copy(t.dst, rewrite->destination);
	t.sport = rewrite->source_port;
	t.dport = rewrite->destination_port;
	return flow_key_fill(key, &t, protocol);
}

/* Whether this packet gets the entry's rewrite: always, but for ICMP errors, which come under the tuple that they quote. */
static __always_inline int flow_rewrites(const struct flow *flow, const struct packet *pkt)
{
	return flow->flags & FLOW_FLAGS_TRANSLATED &&
	       flow_sender_is_initiator(flow, pkt) == !(flow->flags & FLOW_FLAGS_REPLY_HALF);
}

static __always_inline int flow_key_equal(const union flow_key *a, const union flow_key *b)
{
	__u64 difference = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(a->words); i++)
		difference |= a->words[i] ^ b->words[i];
	return !difference;
}

/*
 * The other half of the flow that stands under `own`, and its key. NULL: it is gone, or the tuple belongs to another
 * flow by now.
 */
static __noinline struct flow *flow_partner(const union flow_key *own, struct flow *flow, union flow_key *key)
{
	struct flow *partner;
	union flow_key back = {};

	if (!own || !flow || !key)
		return NULL;
	flow_partner_key(key, &flow->rewrite, own->fields.protocol);
	partner = bpf_map_lookup_elem(&flows, key);
	if (!partner)
		partner = bpf_map_lookup_elem(&pending, key);
	if (!partner || !(partner->flags & FLOW_FLAGS_TRANSLATED))
		return NULL;
	flow_partner_key(&back, &partner->rewrite, own->fields.protocol);
	return flow_key_equal(&back, own) ? partner : NULL;
}

static __noinline int flow_partner_touch(const union flow_key *own, struct flow *flow, __u32 now)
{
	union flow_key key = {};
	struct flow *partner = flow_partner(own, flow, &key);

	if (!flow || !partner)
		return 0;
	flow->touched_at = now;
	partner->last_seen = now;
	return 1;
}

/* False: the partner is gone, so this entry no longer stands for a connection. */
static __always_inline int flow_pair_is_whole(const union flow_key *own, struct flow *flow, __u32 now)
{
	if (likely(!(flow->flags & FLOW_FLAGS_TRANSLATED)) || now - flow->touched_at < TICKS_PER_SECOND)
		return 1;
	return flow_partner_touch(own, flow, now);
}

/* Deletes an entry that no longer stands for a connection, and its partner. */
static __noinline int flow_delete(const struct packet *pkt)
{
	union flow_key key = {}, other = {};
	struct flow *flow;

	if (!pkt)
		return 0;
	flow_key_fill(&key, &pkt->tuple, pkt->protocol);
	flow = bpf_map_lookup_elem(&flows, &key);
	if (!flow)
		flow = bpf_map_lookup_elem(&pending, &key);
	if (flow && flow->flags & FLOW_FLAGS_TRANSLATED && flow_partner(&key, flow, &other)) {
		bpf_map_delete_elem(&flows, &other);
		bpf_map_delete_elem(&pending, &other);
	}
	bpf_map_delete_elem(&flows, &key);
	bpf_map_delete_elem(&pending, &key);
	return 0;
}
