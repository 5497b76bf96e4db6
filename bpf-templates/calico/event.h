/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Events: from a stage to its plugin's user space, through a ring that all CPUs share. A stream is called PLUGIN_NAME.
 * Copy an event in:
 *
 *	event_emit(acme_slow_flows, &event);
 *
 * or fill it in place. What was reserved must be submitted or discarded on every path; the verifier sees to it:
 *
 *	struct slow_flow *event = event_reserve(acme_slow_flows);
 *
 *	if (event) {
 *		event->duration = duration;
 *		event_submit(event);
 *	}
 *
 * Either takes the lock of the ring. Where the ring is full the event is lost and counted: a stage
 * need not look.
 */
#ifndef CALICO_EVENT_H
#define CALICO_EVENT_H

/* Copies *event into the ring. */
#define event_emit(stream, event)	event_emit_##stream(event)

/* Room for one event, uninitialized; NULL where the ring is full. */
#define event_reserve(stream)		event_reserve_##stream()

/* Hands what was reserved to user space. */
#define event_submit(event)		bpf_ringbuf_submit(event, 0)

/* Gives back what was reserved. */
#define event_discard(event)		bpf_ringbuf_discard(event, 0)

static __always_inline void event_count_lost(void *counters)
{
	__u32 zero = 0;
	__u64 *lost = bpf_map_lookup_elem(counters, &zero);

	if (lost)
		(*lost)++;
}

/* One for each declared stream, in <generated/maps.h>: an event of another type does not compile. */
#define EVENT_STREAM(stream, type)						\
static __always_inline void event_emit_##stream(const type *event)		\
{										\
	if (bpf_ringbuf_output(&stream, (void *)event, sizeof(*event), 0))	\
		event_count_lost(&stream##_lost);				\
}										\
										\
static __always_inline type *event_reserve_##stream(void)			\
{										\
	type *event = bpf_ringbuf_reserve(&stream, sizeof(*event), 0);		\
										\
	if (!event)								\
		event_count_lost(&stream##_lost);				\
	return event;								\
}

#endif
