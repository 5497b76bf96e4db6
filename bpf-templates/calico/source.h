/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Whether a packet may come from where it says, once per flow and direction. Returns 0 or the reason to drop. */
#ifndef CALICO_SOURCE_H
#define CALICO_SOURCE_H

#include <calico/route.h>

static __always_inline int source_check(const struct packet *pkt)
{
#if HOOK_IS_INGRESS
	const __u32 *src = pkt->tuple.src;
	struct route *route;

#if FAMILY == 4
	/* 127/8 never leaves a host: RFC 1122, 3.2.1.3 */
	if ((src[0] & bpf_htonl(0xff000000)) == bpf_htonl(0x7f000000) ||
	    (pkt->tuple.dst[0] & bpf_htonl(0xff000000)) == bpf_htonl(0x7f000000))
		return DROP_SPOOFED_SOURCE;
#endif
	if (address_is_multicast(src))
		return DROP_SPOOFED_SOURCE;
	route = route_of(src);
#if HOOK == HOOK_WORKLOAD_INGRESS
	if (route && route->kind == ROUTE_KIND_LOCAL_WORKLOAD && route->slot == pkt->in_slot)
		return 0;
#if FAMILY == 6
	/* a workload's link-local address reaches no further than the host */
	if (address_is_link_local(src) && (address_is_link_local(pkt->tuple.dst) || address_is_multicast(pkt->tuple.dst)))
		return 0;
#endif
	return source_is_granted(pkt->in_slot, src) ? 0 : DROP_SPOOFED_SOURCE;
#else
	/* a workload of this node, or the node itself, does not send from the wire */
	return route && (route->kind == ROUTE_KIND_LOCAL_WORKLOAD || route->kind == ROUTE_KIND_HOST) ? DROP_SPOOFED_SOURCE : 0;
#endif
#else
	return 0;
#endif
}

#endif
