/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Where a destination is, and how a packet gets there. Once per flow and direction, never per packet.
 * Single addresses stand in a hash (20 to 50 ns), true prefixes in a trie (42 to 440 ns), the rest is the kernel's.
 */
#ifndef CALICO_ROUTE_H
#define CALICO_ROUTE_H

#define AF_INET 2
#define AF_INET6 10

static __always_inline struct route *route_of(const __u32 *address)
{
	struct route *route;
#if FAMILY == 4
	struct prefix_v4 prefix = { .length = 32, .address = address[0] };
	__u32 key = address[0];
#else
	struct prefix_v6 prefix = { .length = 128 };
	struct in6_key {
		__u32 words[4];
	} key;

	address_copy(prefix.address, address);
	address_copy(key.words, address);
#endif
	route = bpf_map_lookup_elem(&addresses, &key);
	if (route)
		return route;
	return bpf_map_lookup_elem(&routes, &prefix);
}

/* True: the workload behind the slot may send from this prefix beside its own addresses. */
static __always_inline int source_is_granted(__u16 slot, const __u32 *address)
{
#if FAMILY == 4
	struct source_v4 key = { .length = 64, .slot = bpf_htonl(slot), .address = address[0] };
#else
	struct source_v6 key = { .length = 160, .slot = bpf_htonl(slot) };

	address_copy(key.address, address);
#endif
	return bpf_map_lookup_elem(&granted_sources, &key) != NULL;
}

#if HOOK_IS_INGRESS
/* Out of an interface that is not a local workload's: by the kernel's routing table. */
static __always_inline void route_by_kernel(struct __sk_buff *skb, struct packet *pkt, const __u32 *via)
{
	struct bpf_fib_lookup fib = {};
	struct interface *out;
	int code;

	fib.ifindex = skb->ifindex;
#if FAMILY == 4
	fib.family = AF_INET;
	fib.ipv4_src = pkt->tuple.src[0];
	fib.ipv4_dst = via[0];
#else
	fib.family = AF_INET6;
	address_copy(fib.ipv6_src, pkt->tuple.src);
	address_copy(fib.ipv6_dst, via);
#endif
	pkt->way = WAY_STACK_JUDGED;
	pkt->out_slot = 0;
	code = bpf_fib_lookup(skb, &fib, sizeof(fib), 0);
	/* the neighbour's address is the kernel's to find, and the size is checked per packet */
	if (code != BPF_FIB_LKUP_RET_SUCCESS && code != BPF_FIB_LKUP_RET_NO_NEIGH && code != BPF_FIB_LKUP_RET_FRAG_NEEDED)
		return;
	out = interface_of(fib.ifindex);
	if (!out || out->kind != INTERFACE_KIND_HOST || !(out->flags & INTERFACE_FLAGS_ETHERNET))
		return;
	pkt->way = WAY_NEIGH;
	pkt->out_slot = out->slot;
#if FAMILY == 4
	pkt->next_hop[0] = fib.ipv4_dst;
#else
	address_copy(pkt->next_hop, fib.ipv6_dst);
#endif
}

/*
 * The way of this packet's direction, into pkt->way, out_slot and next_hop.
 * Returns 0 or the reason to drop.
 */
static __always_inline int route_resolve(struct __sk_buff *skb, struct packet *pkt, const __u32 *dst)
{
	struct interface *out;
	struct route *route;

	route = route_of(dst);
	pkt->way = WAY_STACK;
	pkt->out_slot = 0;
	if (route) {
		switch (route->kind) {
		case ROUTE_KIND_LOCAL_WORKLOAD:
			out = interface_at(route->slot);
			if (!out || !out->ifindex)
				return DROP_NO_ROUTE;
			pkt->out_slot = out->slot;
			if (HOST_ROUTING) {
				pkt->way = WAY_STACK_JUDGED;
			} else if (out->flags & INTERFACE_FLAGS_PEER_ELSEWHERE) {
				pkt->way = WAY_PEER;
			} else if (out->flags & INTERFACE_FLAGS_PEER_MAC_KNOWN || !(out->flags & INTERFACE_FLAGS_ETHERNET)) {
				pkt->way = WAY_REDIRECT;
			} else {
				pkt->way = WAY_NEIGH;
				address_copy(pkt->next_hop, dst);
			}
			return 0;
		case ROUTE_KIND_HOST:
			return 0;
		case ROUTE_KIND_BLACKHOLE:
			return DROP_NO_ROUTE;
		}
	}
	if (address_is_multicast(dst) || address_is_link_local(dst))
		return 0;
#if HOOK == HOOK_WORKLOAD_INGRESS
	if (HOST_ROUTING) {
		pkt->way = WAY_STACK_JUDGED;
		return 0;
	}
	route_by_kernel(skb, pkt, route && route->kind == ROUTE_KIND_REMOTE_WORKLOAD ? route->next_hop : dst);
#endif
	/* from the wire to no workload of ours: the host itself, or the host as a router */
	return 0;
}
#endif

#endif
