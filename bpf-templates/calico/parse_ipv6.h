/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* RFC 8200. Included by parse.h. */

#define IP_HEADER_LEN 40
#define IPV6_EXTENSIONS 8	/* Calico's limit, and more than any honest packet carries */

#define EXTENSION_HOP_BY_HOP 0
#define EXTENSION_ROUTING 43
#define EXTENSION_FRAGMENT 44
#define EXTENSION_NONE 59
#define EXTENSION_DESTINATION 60

static __always_inline int ipv6_is_extension(__u8 next)
{
	return next == EXTENSION_HOP_BY_HOP || next == EXTENSION_ROUTING || next == EXTENSION_FRAGMENT ||
	       next == EXTENSION_DESTINATION;
}

static __noinline int parse_slowly(CTX *ctx, struct packet *pkt)
{
	struct ipv6hdr ip;
	struct {
		__u8 next;
		__u8 len;
		__be16 offset;	/* fragment header; type and segments left of a routing header */
	} extension;
	__u32 total, offset = IP_HEADER_LEN, have = ctx_len(ctx);
	int i, first_fragment = 0;
	__u8 next;

	if (have < ETH_HEADER_LEN || ctx_load(ctx, ETH_HEADER_LEN, &ip, sizeof(ip)))
		return DROP_MALFORMED;
	have -= ETH_HEADER_LEN;
	total = bpf_ntohs(ip.payload_len) + IP_HEADER_LEN;
	if (!ip.payload_len && ctx_gso_size(ctx))
		total = have;	/* BIG TCP */
	if (ip.version != 6 || total > have)
		return DROP_MALFORMED;
	next = ip.nexthdr;
	/*
	 * Unrolled: of the loop, clang makes one whose way back is a fall-through, and the verifier of Linux 6.1 follows
	 * only ways back that are jumps ("back-edge from insn").
	 */
#pragma clang loop unroll(full)
	for (i = 0; i <= IPV6_EXTENSIONS; i++) {
		if (!ipv6_is_extension(next))
			break;
		if (i == IPV6_EXTENSIONS)
			return DROP_TOO_MANY_HEADERS;
		if (next == EXTENSION_HOP_BY_HOP && i != 0)
			return DROP_MALFORMED;	/* only ever first: RFC 8200, 4.1 */
		if (offset + 8 > total || ctx_load(ctx, ETH_HEADER_LEN + offset, &extension, sizeof(extension)))
			return DROP_MALFORMED;
		if (next == EXTENSION_FRAGMENT) {
			__u16 fragment = bpf_ntohs(extension.offset);

			if (fragment & 0xfff8)
				return DROP_FRAGMENT;
			first_fragment = fragment & 1;
			offset += 8;
		} else {
			/* type 0 with segments left: forbidden by RFC 5095 */
			if (next == EXTENSION_ROUTING && (extension.offset & bpf_htons(0xff00)) == 0 &&
			    extension.offset != 0)
				return DROP_MALFORMED;
			offset += (extension.len + 1) * 8;
		}
		next = extension.next;
	}
	if (offset > total)
		return DROP_MALFORMED;
	address_copy(pkt->tuple.src, ip.saddr.in6_u.u6_addr32);
	address_copy(pkt->tuple.dst, ip.daddr.in6_u.u6_addr32);
	pkt->protocol = next;
	pkt->len = total;
	pkt->l4_offset = ETH_HEADER_LEN + offset;
	return parse_transport(ctx, pkt, total - offset, first_fragment);
}

static __always_inline int packet_parse(CTX *ctx, struct packet *pkt)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ipv6hdr *ip = data + ETH_HEADER_LEN;
	struct tcphdr *tcp = (void *)(ip + 1);
	__u32 payload;

	pkt->flags = 0;
	if (unlikely((void *)(ip + 1) + sizeof(struct udphdr) > end))
		return parse_slowly(ctx, pkt);
	payload = bpf_ntohs(ip->payload_len);
	if (unlikely((*(__u8 *)ip & 0xf0) != 0x60 || payload > ctx_len(ctx) - ETH_HEADER_LEN - IP_HEADER_LEN))
		return parse_slowly(ctx, pkt);
	if (ip->nexthdr == PROTOCOL_TCP) {
		if (unlikely((void *)(tcp + 1) > end || tcp->doff < 5 || payload < tcp->doff * 4))
			return parse_slowly(ctx, pkt);
		pkt->tcp_flags = ((__u8 *)tcp)[13];
		if (unlikely(tcp_flags_contradict(pkt->tcp_flags)))
			return DROP_MALFORMED;
	} else if (ip->nexthdr == PROTOCOL_UDP) {
		__u32 len = bpf_ntohs(((struct udphdr *)tcp)->len);

		if (unlikely(len < sizeof(struct udphdr) || len > payload))
			return parse_slowly(ctx, pkt);
		pkt->tcp_flags = 0;
	} else {
		return parse_slowly(ctx, pkt);
	}
	address_copy_wide(pkt->tuple.src, ip->saddr.in6_u.u6_addr32);
	address_copy_wide(pkt->tuple.dst, ip->daddr.in6_u.u6_addr32);
	pkt->tuple.ports = *(__u32 *)tcp;
	pkt->protocol = ip->nexthdr;
	pkt->len = payload + IP_HEADER_LEN;
	pkt->l4_offset = ETH_HEADER_LEN + IP_HEADER_LEN;
	return 0;
}
