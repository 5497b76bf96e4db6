/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Addresses of either family, as four words (IPv4 in the first). Loops over ADDRESS_WORDS are unrolled. */
#ifndef CALICO_ADDRESS_H
#define CALICO_ADDRESS_H

#if FAMILY == 4
#define ADDRESS_WORDS 1
#else
#define ADDRESS_WORDS 4
#endif

static __always_inline void address_copy(__u32 *to, const __u32 *from)
{
	to[0] = from[0];
#if FAMILY == 6
	to[1] = from[1];
	to[2] = from[2];
	to[3] = from[3];
#endif
}

#if FAMILY == 6
/* In halves, as keys are made of them. Not for the stack, unless it is aligned to eight. */
static __always_inline void address_copy_wide(__u32 *to, const __u32 *from)
{
	*(__u64 *)to = *(const __u64 *)from;
	*(__u64 *)(to + 2) = *(const __u64 *)(from + 2);
}
#endif

static __always_inline int address_equal(const __u32 *a, const __u32 *b)
{
#if FAMILY == 4
	return a[0] == b[0];
#else
	return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3])) == 0;
#endif
}

/* Multicast or (IPv4) broadcast. */
static __always_inline int address_is_multicast(const __u32 *a)
{
#if FAMILY == 4
	return (a[0] & bpf_htonl(0xf0000000)) == bpf_htonl(0xe0000000) || a[0] == 0xffffffff;
#else
	return (a[0] & bpf_htonl(0xff000000)) == bpf_htonl(0xff000000);
#endif
}

static __always_inline int address_is_link_local(const __u32 *a)
{
#if FAMILY == 4
	return (a[0] & bpf_htonl(0xffff0000)) == bpf_htonl(0xa9fe0000);
#else
	return (a[0] & bpf_htonl(0xffc00000)) == bpf_htonl(0xfe800000);
#endif
}

static __always_inline int address_is_unspecified(const __u32 *a)
{
#if FAMILY == 4
	return a[0] == 0;
#else
	return (a[0] | a[1] | a[2] | a[3]) == 0;
#endif
}

#endif
