/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What a stage sees: ctx (the kernel's packet), pkt (the chain's), and in inline PostFlow stages flow (the entry).
 *
 *	STAGE(name)
 *	{
 *		...
 *		return stage_next(pkt);		or stage_drop(pkt, DROP_REASON)
 *	}
 */
#ifndef CALICO_STAGE_H
#define CALICO_STAGE_H

/* Zero is no verdict, so that a stage which forgets one is caught (DROP_NOT_DECIDED). */
#define STAGE_UNDECIDED		0
#define STAGE_NEXT		1
#define STAGE_DROP		2

/* The packet goes on with the next stage. */
static __always_inline int stage_next(struct packet *pkt)
{
	return STAGE_NEXT;
}

/* The packet is dropped and counted under reason (DROP_*). */
static __always_inline int stage_drop(struct packet *pkt, __u16 reason)
{
	pkt->drop_reason = reason;
	return STAGE_DROP;
}

/* What stands for bpf_tail_call inside of stages. */
#define STAGE_TAIL_CALL \
	_Pragma("GCC error \"a stage makes no tail call of its own: return stage_next(pkt), and the chain goes on\"") 0

#define STAGE(name) \
	static __always_inline int stage_##name(CTX *ctx, struct packet *pkt, struct flow *flow)

/*
 * The fields that plugins claimed in the flow. NewFlow: the draft, committed with the flow. Inline PostFlow: the entry
 * itself. Tail-called PostFlow: a copy, writes are lost. About 0 ns.
 */
#define flow_fields(pkt) \
	(flow ? (struct flow_fields *)flow->fields : &(pkt)->fields)

/* NewFlow: the flow's later packets run the on-demand stage whose bit this is (STAGE_BIT_*). About 0 ns. */
static __always_inline void flow_subscribe(struct packet *pkt, __u32 bit)
{
	pkt->stages |= 1ULL << bit;
}

/* NewFlow: true where the flow exists and is decided again; what must not change is kept then. */
static __always_inline int pkt_is_redecided(const struct packet *pkt)
{
	return pkt->flags & PACKET_REDECIDED;
}

/*
 * NewFlow: from now on the flow's packets carry these addresses and ports. The flow becomes a linked pair: one entry
 * for the initiator's tuple, one for the replies to the rewritten tuple.
 */
static __always_inline void flow_translate(struct packet *pkt, const struct flow_rewrite *to)
{
	pkt->rewrite = *to;
	pkt->flags |= PACKET_TRANSLATED;
}

#endif
