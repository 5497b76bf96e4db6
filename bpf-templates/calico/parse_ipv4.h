/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* RFC 791. Included by parse.h. */

#define IP_HEADER_LEN 20	/* without options */
#define IPV4_OFFSET_MASK 0x1fff
#define IPV4_MORE_FRAGMENTS 0x2000

static __noinline int parse_slowly(CTX *ctx, struct packet *pkt)
{
	struct iphdr ip;
	__u32 total, header, have = ctx_len(ctx);
	__u16 fragment;

	if (have < ETH_HEADER_LEN || ctx_load(ctx, ETH_HEADER_LEN, &ip, sizeof(ip)))
		return DROP_MALFORMED;
	have -= ETH_HEADER_LEN;
	header = ip.ihl * 4;
	total = bpf_ntohs(ip.tot_len);
	if (!total && ctx_gso_size(ctx))
		total = have;	/* BIG TCP: longer than the field can say */
	if (ip.version != 4 || header < IP_HEADER_LEN || total < header || total > have)
		return DROP_MALFORMED;
	fragment = bpf_ntohs(ip.frag_off);
	if (fragment & IPV4_OFFSET_MASK)
		return DROP_FRAGMENT;
	pkt->tuple.src[0] = ip.saddr;
	pkt->tuple.dst[0] = ip.daddr;
	pkt->protocol = ip.protocol;
	pkt->len = total;
	pkt->l4_offset = ETH_HEADER_LEN + header;
	return parse_transport(ctx, pkt, total - header, fragment & IPV4_MORE_FRAGMENTS);
}

static __always_inline int packet_parse(CTX *ctx, struct packet *pkt)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct iphdr *ip = data + ETH_HEADER_LEN;
	struct tcphdr *tcp = (void *)(ip + 1);
	__u32 total;

	pkt->flags = 0;
	if (unlikely((void *)(ip + 1) + sizeof(struct udphdr) > end))
		return parse_slowly(ctx, pkt);
	total = bpf_ntohs(ip->tot_len);
	if (unlikely(*(__u8 *)ip != 0x45 || ip->frag_off & bpf_htons(IPV4_OFFSET_MASK | IPV4_MORE_FRAGMENTS) ||
		     total > ctx_len(ctx) - ETH_HEADER_LEN))
		return parse_slowly(ctx, pkt);
	if (ip->protocol == PROTOCOL_TCP) {
		if (unlikely((void *)(tcp + 1) > end || tcp->doff < 5 || total < IP_HEADER_LEN + tcp->doff * 4))
			return parse_slowly(ctx, pkt);
		pkt->tcp_flags = ((__u8 *)tcp)[13];
		if (unlikely(tcp_flags_contradict(pkt->tcp_flags)))
			return DROP_MALFORMED;
	} else if (ip->protocol == PROTOCOL_UDP) {
		__u32 len = bpf_ntohs(((struct udphdr *)tcp)->len);

		if (unlikely(len < sizeof(struct udphdr) || total < IP_HEADER_LEN + len))
			return parse_slowly(ctx, pkt);
		pkt->tcp_flags = 0;
	} else {
		return parse_slowly(ctx, pkt);
	}
	pkt->tuple.src[0] = ip->saddr;
	pkt->tuple.dst[0] = ip->daddr;
	pkt->tuple.ports = *(__u32 *)tcp;
	pkt->protocol = ip->protocol;
	pkt->len = total;
	pkt->l4_offset = ETH_HEADER_LEN + IP_HEADER_LEN;
	return 0;
}
