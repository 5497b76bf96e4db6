/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What a workload needs from its host before any flow: neighbour discovery, and DHCP where it is allowed. */
#ifndef CALICO_LOCAL_TRAFFIC_H
#define CALICO_LOCAL_TRAFFIC_H

static __always_inline int is_local_service(CTX *ctx, const struct packet *pkt)
{
#if FAMILY == 6
	/* multicast listeners, router solicitation, neighbour discovery; a workload is no router (134) and redirects nobody */
	if (pkt->protocol == PROTOCOL_ICMPV6 &&
	    ((pkt->icmp_type >= 130 && pkt->icmp_type <= 136 && pkt->icmp_type != 134) || pkt->icmp_type == 143) &&
	    (address_is_link_local(pkt->tuple.dst) || address_is_multicast(pkt->tuple.dst)))
		return 1;
	if (ALLOW_DHCP && pkt->protocol == PROTOCOL_UDP && pkt->tuple.sport == bpf_htons(546) &&
	    pkt->tuple.dport == bpf_htons(547) && address_is_link_local(pkt->tuple.src))
		return 1;
#else
	if (ALLOW_DHCP && pkt->protocol == PROTOCOL_UDP && pkt->tuple.sport == bpf_htons(68) &&
	    pkt->tuple.dport == bpf_htons(67) &&
	    (address_is_unspecified(pkt->tuple.src) || !source_check(pkt)))
		return 1;
#endif
	return 0;
}

/* Neighbour discovery of an uplink, or between the host and its workload; not what is forwarded to a workload. */
static __always_inline int is_of_this_link(CTX *ctx, const struct packet *pkt)
{
#if HOOK == HOOK_WORKLOAD_EGRESS
	return !ctx->ingress_ifindex;	/* the host's own */
#else
	const struct route *to = route_of(pkt->tuple.dst);

	return !to || to->kind != ROUTE_KIND_LOCAL_WORKLOAD;
#endif
}

#endif
