/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * From a frame to struct packet. packet_parse() returns 0 or the reason to drop (DROP_*).
 * The common packet (no options, no fragment, TCP or UDP, headers in the linear part) takes the short way; everything
 * else is read byte-exactly by parse_slowly(), once per such packet.
 */
#ifndef CALICO_PARSE_H
#define CALICO_PARSE_H

#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_ACK 0x10

#define PROTOCOL_ICMP 1
#define PROTOCOL_TCP 6
#define PROTOCOL_UDP 17
#define PROTOCOL_ICMPV6 58
#define PROTOCOL_SCTP 132
#define PROTOCOL_UDPLITE 136

#if FAMILY == 4
#define PROTOCOL_ICMP_OF_FAMILY PROTOCOL_ICMP
#else
#define PROTOCOL_ICMP_OF_FAMILY PROTOCOL_ICMPV6
#endif

#if HOOK == HOOK_XDP
static __always_inline __u32 ctx_len(CTX *ctx)
{
	return ctx->data_end - ctx->data;
}
#define ctx_load(ctx, offset, to, len) bpf_xdp_load_bytes(ctx, offset, to, len)
#define ctx_gso_size(ctx) 0
#else
static __always_inline __u32 ctx_len(CTX *ctx)
{
	return ctx->len;
}
#define ctx_load(ctx, offset, to, len) bpf_skb_load_bytes(ctx, offset, to, len)
#define ctx_gso_size(ctx) ((ctx)->gso_size)
#endif

/* A SYN neither ends nor resets a connection: such segments are probes of other people's stacks. */
static __always_inline int tcp_flags_contradict(__u8 flags)
{
	return (flags & TCP_SYN) && (flags & (TCP_FIN | TCP_RST));
}

static __always_inline int icmp_is_error(__u8 type)
{
#if FAMILY == 4
	return type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
#else
	return type < 128;
#endif
}

/* Types whose second word begins with an identifier that both directions carry. */
static __always_inline int icmp_has_identifier(__u8 type)
{
#if FAMILY == 4
	return type == 8 || type == 0 || type == 13 || type == 14;
#else
	return type == 128 || type == 129;
#endif
}

/* The transport header at pkt->l4_offset, of which `room` bytes lie inside the IP packet. */
static __always_inline int parse_transport(CTX *ctx, struct packet *pkt, __u32 room, int first_fragment)
{
	struct {
		__be16 sport;
		__be16 dport;
		__be16 len;
		__be16 checksum;
	} ports;
	struct {
		__u8 offset;
		__u8 flags;
	} tcp;
	struct {
		__u8 type;
		__u8 code;
		__be16 checksum;
		__be16 id;
		__be16 sequence;
	} icmp;
	__u32 len;

	pkt->tuple.sport = 0;
	pkt->tuple.dport = 0;
	pkt->tcp_flags = 0;
	switch (pkt->protocol) {
	case PROTOCOL_TCP:
		if (room < 20 || ctx_load(ctx, pkt->l4_offset, &ports, 4) || ctx_load(ctx, pkt->l4_offset + 12, &tcp, 2))
			return DROP_MALFORMED;
		len = (tcp.offset >> 4) * 4;
		if (len < 20 || len > room || tcp_flags_contradict(tcp.flags))
			return DROP_MALFORMED;
		pkt->tcp_flags = tcp.flags;
		break;
	case PROTOCOL_UDP:
	case PROTOCOL_UDPLITE:
		if (room < 8 || ctx_load(ctx, pkt->l4_offset, &ports, 8))
			return DROP_MALFORMED;
		len = bpf_ntohs(ports.len);
		if (pkt->protocol == PROTOCOL_UDP && !first_fragment && (len < 8 || len > room) &&
		    !(len == 0 && ctx_gso_size(ctx)))
			return DROP_MALFORMED;
		break;
	case PROTOCOL_SCTP:
		if (room < 12 || ctx_load(ctx, pkt->l4_offset, &ports, 4))
			return DROP_MALFORMED;
		break;
	case PROTOCOL_ICMP_OF_FAMILY:
		if (room < 8 || ctx_load(ctx, pkt->l4_offset, &icmp, 8))
			return DROP_MALFORMED;
		pkt->icmp_type = icmp.type;
		pkt->icmp_code = icmp.code;
		if (icmp_is_error(icmp.type))
			pkt->flags |= PACKET_ICMP_ERROR;
		ports.sport = ports.dport = icmp_has_identifier(icmp.type) ? icmp.id : 0;
		break;
	default:
		return 0;
	}
	pkt->tuple.sport = ports.sport;
	pkt->tuple.dport = ports.dport;
	return 0;
}

#if FAMILY == 4
#include <calico/parse_ipv4.h>
#else
#include <calico/parse_ipv6.h>
#endif

#endif
