/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The last step: sends a judged packet where its flow goes. Returns the kernel's verdict. */
#ifndef CALICO_FORWARD_H
#define CALICO_FORWARD_H

/* Egress hooks: the packet is on its way already. */
static __always_inline int forward_onward(struct __sk_buff *skb)
{
#if HOOK == HOOK_WORKLOAD_EGRESS
	mark_clear(skb);	/* the mark is the node's own business */
#endif
	return VERDICT_CONTINUE;
}

#if HOOK_IS_INGRESS
static __always_inline int forward_to_stack(struct __sk_buff *skb, __u32 bits)
{
	mark_set(skb, bits);
	trace_forward(WAY_STACK, 0);
	return VERDICT_CONTINUE;
}

/* A packet that fits only after segmentation has the size of its segments. */
static __noinline int packet_exceeds(struct __sk_buff *skb, struct packet *pkt, __u32 mtu)
{
	__u32 header, gso = skb->gso_size;
	__u8 offset;

	if (!pkt)
		return 1;
	if (!gso)
		return 1;
	header = pkt->l4_offset - ETH_HEADER_LEN;
	if (pkt->protocol != PROTOCOL_TCP)
		return header + 8 + gso > mtu;
	if (bpf_skb_load_bytes(skb, pkt->l4_offset + 12, &offset, 1))
		return 1;
	return header + (offset >> 4) * 4 + gso > mtu;
}

/* One hop less. False: the packet may go no further. */
static __always_inline int hop_limit_decrement(struct __sk_buff *skb, void *data)
{
#if FAMILY == 4
	struct iphdr *ip = data + ETH_HEADER_LEN;
	__u32 check;

	if (unlikely(ip->ttl <= 1))
		return 0;
	ip->ttl--;
	/* RFC 1624; header and checksum change together, so skb->csum of a CHECKSUM_COMPLETE packet stays right */
	check = (__u32)ip->check + bpf_htons(0x0100);
	ip->check = check + (check >= 0xffff);
#else
	struct ipv6hdr *ip = data + ETH_HEADER_LEN;

	if (unlikely(ip->hop_limit <= 1))
		return 0;
	ip->hop_limit--;
	/* the 16-bit word that holds it shrinks by one: ~old + new is the same for every value */
	bpf_csum_update(skb, bpf_htons(0xfffe));
#endif
	return 1;
}

static __always_inline void ethernet_write(void *data, const struct interface *out)
{
	*(__u64 *)data = *(const __u64 *)out->ethernet;
	*(__u32 *)(data + 8) = *(const __u32 *)(out->ethernet + 8);
}

static __always_inline int forward(struct __sk_buff *skb, struct packet *pkt, __u8 way, const struct interface *out,
				   const __u32 *next_hop)
{
	void *data, *end;

	/* the host's own, and what a foreign translation must undo */
	if (way == WAY_STACK)
		return forward_to_stack(skb, MARK_SEEN);
	if (unlikely(way == WAY_STACK_JUDGED))
		return forward_to_stack(skb, MARK_SEEN | MARK_JUDGED);
	/* too big or too old: the stack knows how to say so (and how to fragment, where that is allowed) */
	if (unlikely(pkt->len > out->mtu && packet_exceeds(skb, pkt, out->mtu)))
		return forward_to_stack(skb, MARK_SEEN | MARK_JUDGED);
	data = (void *)(long)skb->data;
	end = (void *)(long)skb->data_end;
	if (data + ETH_HEADER_LEN + IP_HEADER_LEN > end)
		return drop_count(skb, DROP_MALFORMED);
	if (!hop_limit_decrement(skb, data))
		return forward_to_stack(skb, MARK_SEEN | MARK_JUDGED);
	if (likely(way == WAY_PEER)) {
		ethernet_write(data, out);
		mark_clear(skb);
		trace_forward(way, out->ifindex);
		return bpf_redirect_peer(out->ifindex, 0);
	}
	mark_set(skb, MARK_SEEN | MARK_JUDGED);
	trace_forward(way, out->ifindex);
	if (way == WAY_NEIGH) {
		struct bpf_redir_neigh neigh = {};	/* kernels before 6.3 let no helper read what was never written */

#if FAMILY == 4
		neigh.nh_family = AF_INET;
		neigh.ipv4_nh = next_hop[0];
#else
		neigh.nh_family = AF_INET6;
		address_copy(neigh.ipv6_nh, next_hop);
#endif
		return bpf_redirect_neigh(out->ifindex, &neigh, sizeof(neigh), 0);
	}
	if (out->flags & INTERFACE_FLAGS_ETHERNET)
		ethernet_write(data, out);
	return bpf_redirect(out->ifindex, 0);
}
#endif

#endif
