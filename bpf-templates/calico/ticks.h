/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Time in the kernel's timer ticks: the low 32 bits of jiffies, which cost 1 ns to read. */
#ifndef CALICO_TICKS_H
#define CALICO_TICKS_H

/*
 * Another processor may have written a tick that comes after this one's `now`: that is no time at all, not 2^32 ticks.
 */
#define TICKS_AHEAD 64

static __always_inline int ticks_exceed(__u32 now, __u32 since, __u32 limit)
{
	return now - since + TICKS_AHEAD > limit + TICKS_AHEAD;
}

#endif
