/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * ICMP errors belong to the flow of the packet that they quote (RFC 5508, 4.2). The quoted packet was sent by the error's
 * destination, so the error travels in the direction of the flow's other side.
 */
#ifndef CALICO_ICMP_ERROR_H
#define CALICO_ICMP_ERROR_H

/* The flow that an error is about, and into pkt the error's direction; NULL where there is none, or the quote is too short to tell. */
static __noinline struct flow *icmp_error_flow(CTX *ctx, struct packet *pkt, __u32 now)
{
	union flow_key key = {};
	struct tuple quoted = {};
	struct flow *flow;
	struct {
		__be16 sport;
		__be16 dport;
		__be16 id;
	} l4 = {};
	__u32 offset, inner;
	__u8 protocol;
#if FAMILY == 4
	struct iphdr ip;
#else
	struct ipv6hdr ip;
	struct {
		__u8 next;
		__u8 len;
		__be16 fragment;
	} extension;
	int i;
#endif

	if (!pkt)
		return NULL;
	offset = pkt->l4_offset + 8;
	if (ctx_load(ctx, offset, &ip, sizeof(ip)))
		return NULL;
#if FAMILY == 4
	inner = ip.ihl * 4;
	protocol = ip.protocol;
	quoted.src[0] = ip.saddr;
	quoted.dst[0] = ip.daddr;
	if (ip.version != 4 || inner < IP_HEADER_LEN || ip.frag_off & bpf_htons(IPV4_OFFSET_MASK))
		return NULL;
#else
	inner = IP_HEADER_LEN;
	protocol = ip.nexthdr;
	address_copy(quoted.src, ip.saddr.in6_u.u6_addr32);
	address_copy(quoted.dst, ip.daddr.in6_u.u6_addr32);
	if (ip.version != 6)
		return NULL;
	for (i = 0; i < IPV6_EXTENSIONS && ipv6_is_extension(protocol); i++) {
		if (ctx_load(ctx, offset + inner, &extension, sizeof(extension)))
			return NULL;
		if (protocol == EXTENSION_FRAGMENT && extension.fragment & bpf_htons(0xfff8))
			return NULL;
		inner += protocol == EXTENSION_FRAGMENT ? 8 : (extension.len + 1) * 8;
		protocol = extension.next;
	}
#endif
	/* the error goes to the sender of what it quotes, whoever made the error */
	if (!address_equal(quoted.src, pkt->tuple.dst))
		return NULL;
	offset += inner;
	if (protocol == PROTOCOL_ICMP_OF_FAMILY) {
		__u8 type;

		/* type at 0, identifier at 4; never an error about an error */
		if (ctx_load(ctx, offset, &type, 1) || !icmp_has_identifier(type) || ctx_load(ctx, offset + 4, &l4.id, 2))
			return NULL;
		quoted.sport = quoted.dport = l4.id;
	} else if (protocol == PROTOCOL_TCP || protocol == PROTOCOL_UDP || protocol == PROTOCOL_SCTP ||
		   protocol == PROTOCOL_UDPLITE) {
		if (ctx_load(ctx, offset, &l4, 4))
			return NULL;
		quoted.sport = l4.sport;
		quoted.dport = l4.dport;
	}
	pkt->direction = !flow_key_fill(&key, &quoted, protocol);
	flow = bpf_map_lookup_elem(&flows, &key);
	if (!flow)
		flow = bpf_map_lookup_elem(&pending, &key);
	if (!flow || flow_is_expired(flow, now))
		return NULL;
#if HOOK == HOOK_WORKLOAD_INGRESS
	/* only from where the quoted packet went: a third workload that guesses a tuple is judged like anybody */
	if (!(flow->flags & FLOW_FLAGS_TRANSLATED) && flow_direction(flow, !pkt->direction)->output != pkt->in_slot)
		return NULL;
#endif
	return flow;
}

#endif
