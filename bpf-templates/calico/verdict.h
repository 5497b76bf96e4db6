/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What programs of a chain return to the kernel. */
#ifndef CALICO_VERDICT_H
#define CALICO_VERDICT_H

/* TCX_NEXT and TC_ACT_UNSPEC: go on with the next program on the interface, then the stack. TC_ACT_OK would skip it. */
#define VERDICT_CONTINUE	(-1)
#define VERDICT_DROP		2	/* TC_ACT_SHOT */
/* Not for the kernel: nothing more wants the packet, forward it. */
#define CHAIN_FORWARD		0x100

#define XDP_VERDICT_DROP	1
#define XDP_VERDICT_PASS	2

#endif
