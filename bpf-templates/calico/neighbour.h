/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Address resolution between a workload and its host. A workload has a /32 (or /128) and sends everything to its
 * gateway, so the host answers ARP for every address but the workload's own (RFC 1027), here in the chain: no sysctl
 * and no route of the node can break it. IPv6 workloads use the host side's link-local address, which the kernel
 * answers for itself; its messages only have to pass.
 */
#ifndef CALICO_NEIGHBOUR_H
#define CALICO_NEIGHBOUR_H

#define ARP_HARDWARE_ETHERNET 1
#define ARP_REQUEST 1
#define ARP_REPLY 2

struct arp_ipv4 {
	__be16 hardware;
	__be16 protocol;
	__u8 hardware_len;
	__u8 protocol_len;
	__be16 operation;
	__u8 sender_mac[6];
	__u32 sender_ip;
	__u8 target_mac[6];
	__u32 target_ip;
} __attribute__((packed));

/* Turns a workload's request into the answer, in place, and sends it back. */
static __always_inline int arp_answer(struct __sk_buff *skb)
{
	struct {
		__u8 destination[6];
		__u8 source[6];
		__be16 protocol;
		struct arp_ipv4 arp;
	} __attribute__((packed)) *frame;
	struct interface *iface = interface_of(skb->ifindex);
	struct route *route;
	void *data, *end;
	__u32 sender, target;

	if (!iface)
		return drop_count(skb, DROP_UNKNOWN_INTERFACE);
	if (bpf_skb_pull_data(skb, sizeof(*frame)))
		return drop_count(skb, DROP_MALFORMED);
	data = (void *)(long)skb->data;
	end = (void *)(long)skb->data_end;
	frame = data;
	if ((void *)(frame + 1) > end)
		return drop_count(skb, DROP_MALFORMED);
	if (frame->arp.hardware != bpf_htons(ARP_HARDWARE_ETHERNET) || frame->arp.protocol != bpf_htons(ETH_P_IP) ||
	    frame->arp.hardware_len != 6 || frame->arp.protocol_len != 4)
		return drop_count(skb, DROP_MALFORMED);
	if (frame->arp.operation != bpf_htons(ARP_REQUEST))
		return VERDICT_CONTINUE;	/* an answer to the kernel's own request */
	sender = frame->arp.sender_ip;
	target = frame->arp.target_ip;
	/* a probe for a duplicate of its own address, or an announcement, must stay unanswered: RFC 5227 */
	route = bpf_map_lookup_elem(&addresses_v4, &target);
	if (!sender || sender == target || (route && route->kind == ROUTE_KIND_LOCAL_WORKLOAD && route->slot == iface->slot))
		return VERDICT_CONTINUE;
	__builtin_memcpy(frame->destination, frame->source, 6);
	__builtin_memcpy(frame->source, iface->ethernet + 6, 6);
	__builtin_memcpy(frame->arp.target_mac, frame->arp.sender_mac, 6);
	__builtin_memcpy(frame->arp.sender_mac, iface->ethernet + 6, 6);
	frame->arp.target_ip = sender;
	frame->arp.sender_ip = target;
	frame->arp.operation = bpf_htons(ARP_REPLY);
	trace_forward(WAY_REDIRECT, skb->ifindex);
	return bpf_redirect(skb->ifindex, 0);
}

#endif
