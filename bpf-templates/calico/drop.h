/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Counting what is dropped, and tail calls that found their slot empty. Never on the path of a packet that passes. */
#ifndef CALICO_DROP_H
#define CALICO_DROP_H

#if HOOK == HOOK_XDP
#define VERDICT_DROPPED XDP_VERDICT_DROP
#define CTX_IFINDEX(ctx) ((ctx)->ingress_ifindex)
#define CTX_LEN(ctx) ((ctx)->data_end - (ctx)->data)
#else
#define VERDICT_DROPPED VERDICT_DROP
#define CTX_IFINDEX(ctx) ((ctx)->ifindex)
#define CTX_LEN(ctx) ((ctx)->len)
#endif

static __always_inline int drop_count(CTX *ctx, __u16 reason)
{
	struct drop_key key = {
		.ifindex = CTX_IFINDEX(ctx),
		.reason = reason,
		.hook = HOOK,
		.family = FAMILY,
	};
	struct packet_count *count, first = { .packets = 1, .bytes = CTX_LEN(ctx) };

	trace_drop(reason);
	count = bpf_map_lookup_elem(&drops, &key);
	if (count) {
		count->packets++;
		count->bytes += CTX_LEN(ctx);
	} else {
		bpf_map_update_elem(&drops, &key, &first, BPF_ANY);
	}
	return VERDICT_DROPPED;
}

/* The edge from -> to of this chain is broken. */
static __noinline int missed_call_count(CTX *ctx, __u32 from, __u32 to)
{
	struct missed_call key = { .hook = HOOK, .from = from, .to = to };
	__u64 one = 1, *count;

	count = bpf_map_lookup_elem(&missed_calls, &key);
	if (count)
		__sync_fetch_and_add(count, 1);
	else
		bpf_map_update_elem(&missed_calls, &key, &one, BPF_ANY);
	return 0;
}

/*
 * Enters the program in a slot; the slot is a literal, so the JIT makes it a direct jump. It returns only where the slot
 * is empty, and that never falls through: CALL counts the edge and drops.
 */
#define CALL_OR_COUNT(ctx, from, to)				\
	do {							\
		bpf_tail_call(ctx, &chain, to);			\
		missed_call_count(ctx, from, to);		\
	} while (0)

#define CALL(ctx, from, to)					\
	do {							\
		CALL_OR_COUNT(ctx, from, to);			\
		return drop_count(ctx, DROP_MISSED_CALL);	\
	} while (0)

#endif
