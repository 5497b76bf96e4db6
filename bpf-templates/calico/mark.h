/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Two bits of skb->mark, at a place that the configuration chooses (MARK_MASK).
 * SEEN: an ingress chain let it through, so the guard before the stack does too.
 * JUDGED: it is on its way by a chain's decision, so an egress hook need not judge it again.
 * The kernel clears the mark when a packet crosses into another network namespace, so a workload cannot forge it.
 */
#ifndef CALICO_MARK_H
#define CALICO_MARK_H

static __always_inline void mark_set(struct __sk_buff *skb, __u32 bits)
{
	skb->mark = (skb->mark & ~MARK_MASK) | bits;
}

static __always_inline void mark_clear(struct __sk_buff *skb)
{
	if (skb->mark & MARK_MASK)
		skb->mark &= ~MARK_MASK;
}

#endif
