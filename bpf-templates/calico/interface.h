/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The interface of a packet: an array entry of one cache line, found without a hash unless two indexes collide. */
#ifndef CALICO_INTERFACE_H
#define CALICO_INTERFACE_H

static __always_inline struct interface *interface_at(__u32 slot)
{
	slot &= INTERFACE_SLOTS - 1;
	return bpf_map_lookup_elem(&interfaces, &slot);
}

/* NULL: not an interface of ours (yet, or any more). */
static __always_inline struct interface *interface_of(__u32 ifindex)
{
	struct interface *iface = interface_at(ifindex);
	__u32 *slot;

	if (likely(iface && iface->ifindex == ifindex))
		return iface;
	slot = bpf_map_lookup_elem(&interface_slots, &ifindex);
	if (!slot)
		return NULL;
	iface = interface_at(*slot);
	return iface && iface->ifindex == ifindex ? iface : NULL;
}

#endif
