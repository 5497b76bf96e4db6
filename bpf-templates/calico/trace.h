/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What a packet met, step by step, where the chain is traced (TRACE is 1). Otherwise all of it expands to nothing, and
 * arguments are not evaluated.
 */
#ifndef CALICO_TRACE_H
#define CALICO_TRACE_H

#if TRACE

#define TRACE_RECORDS (sizeof(((struct trace_buffer *)0)->records) / sizeof(struct trace_record))

/* Beyond the room steps are counted only: a packet is never kept waiting for whoever reads them. */
static __noinline int trace_append(__u32 kind, __u32 number, __u32 verdict_and_reason, __u64 a, __u64 b)
{
	struct trace_buffer *buffer;
	struct trace_record *record;
	__u32 zero = 0, at;

	buffer = bpf_map_lookup_elem(&trace, &zero);
	if (!buffer)
		return 0;
	at = buffer->count;
	buffer->count = at + 1;
	if (at >= TRACE_RECORDS)
		return 0;
	record = &buffer->records[at];
	record->at = bpf_ktime_get_ns();
	record->a = a;
	record->b = b;
	record->number = number;
	record->reason = verdict_and_reason;
	record->kind = kind;
	record->verdict = verdict_and_reason >> 16;
	record->hook = HOOK;
	record->family = FAMILY;
	return 0;
}

#define trace_enter(number)		trace_append(TRACE_KIND_ENTER, number, 0, 0, 0)
#define trace_verdict(number, verdict, reason) \
	trace_append(TRACE_KIND_VERDICT, number, (__u32)(verdict) << 16 | ((verdict) == STAGE_NEXT ? 0 : (reason)), 0, 0)
#define trace_drop(why)			trace_append(TRACE_KIND_DROP, 0, why, 0, 0)
#define trace_forward(way, ifindex)	trace_append(TRACE_KIND_FORWARD, way, 0, ifindex, 0)
/* A stage notes something about the packet: NOTE_*, and two numbers. */
#define trace_note(pkt, note, first, second) \
	((void)(pkt), (void)trace_append(TRACE_KIND_NOTE, note, 0, (__u64)(first), (__u64)(second)))

#else

#define trace_enter(number)			do { } while (0)
#define trace_drop(why)				do { } while (0)
#define trace_forward(way, ifindex)		do { } while (0)
/* never run, and yet what it names counts as used */
#define trace_note(pkt, note, first, second)				\
	do {								\
		if (0) {						\
			(void)(pkt);					\
			(void)(note);					\
			(void)(first);					\
			(void)(second);					\
		}							\
	} while (0)

#endif

#endif
