/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What every eBPF program of Calico.Sdk begins with: sections, map
 * declarations, the kernel's helpers, byte order.
 *
 * It stands in for libbpf's bpf_helpers.h, so that a node needs nothing but
 * the kernel's UAPI headers (linux-libc-dev) to compile a chain.
 */
#ifndef CALICO_BPF_H
#define CALICO_BPF_H

#include <linux/types.h>
#include <linux/bpf.h>

#define SEC(name)	__attribute__((section(name), used))

/*
 * <linux/stddef.h>, which <linux/types.h> brings, defines it as plain inline. That is not enough: a function that clang
 * leaves on its own and that ends in a tail call returns the called program's verdict, while its caller is compiled for
 * the value that stands after the call.
 */
#undef __always_inline
#define __always_inline	inline __attribute__((always_inline))

/*
 * A function of its own in the program: the verifier follows it per call
 * (static) or once (global). clang drops arguments that are not used.
 */
#ifndef __noinline
#define __noinline	__attribute__((noinline))
#endif

#ifndef __weak
#define __weak		__attribute__((weak))
#endif

/* libbpf reads a map's properties from the types of the members below. */
#define __uint(name, val)	int (*name)[val]
#define __type(name, val)	typeof(val) *name
#define __array(name, val)	typeof(val) *name[]

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)

/* Stops clang from moving memory accesses across it. */
#define barrier()	asm volatile("" ::: "memory")

/*
 * Makes clang forget what it knows of a variable's value. For bounds checks
 * that it would otherwise move to where the verifier no longer sees them.
 */
#define barrier_var(var)	asm volatile("" : "+r"(var))

#ifndef offsetof
#define offsetof(type, member)	__builtin_offsetof(type, member)
#endif

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

#ifndef NULL
#define NULL	((void *)0)
#endif

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s8 s8;
typedef __s16 s16;
typedef __s32 s32;
typedef __s64 s64;

/*
 * The number of the lowest bit set; the word is not 0. BPF has no such
 * instruction: clang makes it a table lookup, whose result the verifier does
 * not bound, and would drop a mask that it finds needless.
 */
static __always_inline u32 lowest_bit(u64 word)
{
	u32 bit = __builtin_ctzll(word);

	barrier_var(bit);
	return bit & 63;
}

/* Reads and writes that clang may neither repeat nor leave out. */
#define READ_ONCE(x)		(*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, val)	((void)(*(volatile typeof(x) *)&(x) = (val)))

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define bpf_htons(x)	((__be16)__builtin_bswap16((__u16)(x)))
#define bpf_ntohs(x)	((__u16)__builtin_bswap16((__u16)(x)))
#define bpf_htonl(x)	((__be32)__builtin_bswap32((__u32)(x)))
#define bpf_ntohl(x)	((__u32)__builtin_bswap32((__u32)(x)))
#define bpf_cpu_to_be64(x)	((__be64)__builtin_bswap64((__u64)(x)))
#define bpf_be64_to_cpu(x)	((__u64)__builtin_bswap64((__u64)(x)))
#else
#define bpf_htons(x)	((__be16)(x))
#define bpf_ntohs(x)	((__u16)(x))
#define bpf_htonl(x)	((__be32)(x))
#define bpf_ntohl(x)	((__u32)(x))
#define bpf_cpu_to_be64(x)	((__be64)(x))
#define bpf_be64_to_cpu(x)	((__u64)(x))
#endif

/*
 * The kernel's helpers. A helper is called by its number; the declarations
 * give each number its type. All are in Linux 6.1.
 */
#define BPF_HELPER(name)	((void *)BPF_FUNC_##name)

/* Maps */
static void *(*const bpf_map_lookup_elem)(void *map, const void *key) =
	BPF_HELPER(map_lookup_elem);
static long (*const bpf_map_update_elem)(void *map, const void *key,
					 const void *value, __u64 flags) =
	BPF_HELPER(map_update_elem);
static long (*const bpf_map_delete_elem)(void *map, const void *key) =
	BPF_HELPER(map_delete_elem);
static long (*const bpf_for_each_map_elem)(void *map, void *callback_fn,
					   void *callback_ctx, __u64 flags) =
	BPF_HELPER(for_each_map_elem);
static void *(*const bpf_map_lookup_percpu_elem)(void *map, const void *key,
						 __u32 cpu) =
	BPF_HELPER(map_lookup_percpu_elem);

/* Ring buffers */
static long (*const bpf_ringbuf_output)(void *ringbuf, void *data, __u64 size,
					__u64 flags) =
	BPF_HELPER(ringbuf_output);
static void *(*const bpf_ringbuf_reserve)(void *ringbuf, __u64 size,
					  __u64 flags) =
	BPF_HELPER(ringbuf_reserve);
static void (*const bpf_ringbuf_submit)(void *data, __u64 flags) =
	BPF_HELPER(ringbuf_submit);
static void (*const bpf_ringbuf_discard)(void *data, __u64 flags) =
	BPF_HELPER(ringbuf_discard);
static __u64 (*const bpf_ringbuf_query)(void *ringbuf, __u64 flags) =
	BPF_HELPER(ringbuf_query);

/*
 * Time. bpf_ktime_get_ns reads the clock source (33 ns in a VM);
 * bpf_ktime_get_coarse_ns and bpf_jiffies64 read what the last tick left.
 */
static __u64 (*const bpf_ktime_get_ns)(void) = BPF_HELPER(ktime_get_ns);
static __u64 (*const bpf_ktime_get_coarse_ns)(void) =
	BPF_HELPER(ktime_get_coarse_ns);
static __u64 (*const bpf_jiffies64)(void) = BPF_HELPER(jiffies64);

/*
 * Control. A tail call's index must be a literal: the JIT patches only those
 * into direct jumps. It returns only if the slot is empty.
 */
static long (*const bpf_tail_call)(void *ctx, void *prog_array, __u32 index) =
	BPF_HELPER(tail_call);
static long (*const bpf_loop)(__u32 nr_loops, void *callback_fn,
			      void *callback_ctx, __u64 flags) =
	BPF_HELPER(loop);
static __u32 (*const bpf_get_smp_processor_id)(void) =
	BPF_HELPER(get_smp_processor_id);
static __u32 (*const bpf_get_prandom_u32)(void) = BPF_HELPER(get_prandom_u32);
static long (*const bpf_trace_printk)(const char *fmt, __u32 fmt_size, ...) =
	BPF_HELPER(trace_printk);

/* Where packets go */
static long (*const bpf_redirect)(__u32 ifindex, __u64 flags) =
	BPF_HELPER(redirect);
static long (*const bpf_redirect_map)(void *map, __u64 key, __u64 flags) =
	BPF_HELPER(redirect_map);
static long (*const bpf_redirect_peer)(__u32 ifindex, __u64 flags) =
	BPF_HELPER(redirect_peer);
static long (*const bpf_redirect_neigh)(__u32 ifindex,
					struct bpf_redir_neigh *params,
					int plen, __u64 flags) =
	BPF_HELPER(redirect_neigh);
static long (*const bpf_clone_redirect)(struct __sk_buff *skb, __u32 ifindex,
					__u64 flags) =
	BPF_HELPER(clone_redirect);
static long (*const bpf_fib_lookup)(void *ctx, struct bpf_fib_lookup *params,
				    int plen, __u32 flags) =
	BPF_HELPER(fib_lookup);

/* Packets in an skb */
static long (*const bpf_skb_load_bytes)(const void *skb, __u32 offset,
					void *to, __u32 len) =
	BPF_HELPER(skb_load_bytes);
static long (*const bpf_skb_store_bytes)(struct __sk_buff *skb, __u32 offset,
					 const void *from, __u32 len,
					 __u64 flags) =
	BPF_HELPER(skb_store_bytes);
static long (*const bpf_skb_pull_data)(struct __sk_buff *skb, __u32 len) =
	BPF_HELPER(skb_pull_data);
static long (*const bpf_skb_change_head)(struct __sk_buff *skb, __u32 len,
					 __u64 flags) =
	BPF_HELPER(skb_change_head);
static long (*const bpf_skb_change_tail)(struct __sk_buff *skb, __u32 len,
					 __u64 flags) =
	BPF_HELPER(skb_change_tail);
static long (*const bpf_skb_change_proto)(struct __sk_buff *skb, __be16 proto,
					  __u64 flags) =
	BPF_HELPER(skb_change_proto);
static long (*const bpf_skb_change_type)(struct __sk_buff *skb, __u32 type) =
	BPF_HELPER(skb_change_type);
static long (*const bpf_skb_adjust_room)(struct __sk_buff *skb, __s32 len_diff,
					 __u32 mode, __u64 flags) =
	BPF_HELPER(skb_adjust_room);
static long (*const bpf_skb_vlan_push)(struct __sk_buff *skb,
				       __be16 vlan_proto, __u16 vlan_tci) =
	BPF_HELPER(skb_vlan_push);
static long (*const bpf_skb_vlan_pop)(struct __sk_buff *skb) =
	BPF_HELPER(skb_vlan_pop);
static long (*const bpf_skb_get_tunnel_key)(struct __sk_buff *skb,
					    struct bpf_tunnel_key *key,
					    __u32 size, __u64 flags) =
	BPF_HELPER(skb_get_tunnel_key);
static long (*const bpf_skb_set_tunnel_key)(struct __sk_buff *skb,
					    struct bpf_tunnel_key *key,
					    __u32 size, __u64 flags) =
	BPF_HELPER(skb_set_tunnel_key);
static void (*const bpf_set_hash_invalid)(struct __sk_buff *skb) =
	BPF_HELPER(set_hash_invalid);
static __u32 (*const bpf_get_hash_recalc)(struct __sk_buff *skb) =
	BPF_HELPER(get_hash_recalc);

/*
 * Checksums. For offloaded packets only these are right: an address in the
 * pseudo header wants BPF_F_PSEUDO_HDR, other rewrites BPF_F_RECOMPUTE_CSUM.
 */
static long (*const bpf_l3_csum_replace)(struct __sk_buff *skb, __u32 offset,
					 __u64 from, __u64 to, __u64 size) =
	BPF_HELPER(l3_csum_replace);
static long (*const bpf_l4_csum_replace)(struct __sk_buff *skb, __u32 offset,
					 __u64 from, __u64 to, __u64 flags) =
	BPF_HELPER(l4_csum_replace);
static __s64 (*const bpf_csum_diff)(__be32 *from, __u32 from_size, __be32 *to,
				    __u32 to_size, __wsum seed) =
	BPF_HELPER(csum_diff);
static __s64 (*const bpf_csum_update)(struct __sk_buff *skb, __wsum csum) =
	BPF_HELPER(csum_update);
static long (*const bpf_csum_level)(struct __sk_buff *skb, __u64 level) =
	BPF_HELPER(csum_level);

/* Packets in an XDP buffer */
static long (*const bpf_xdp_adjust_head)(struct xdp_md *xdp, int delta) =
	BPF_HELPER(xdp_adjust_head);
static long (*const bpf_xdp_adjust_tail)(struct xdp_md *xdp, int delta) =
	BPF_HELPER(xdp_adjust_tail);
static long (*const bpf_xdp_load_bytes)(struct xdp_md *xdp, __u32 offset,
					void *to, __u32 len) =
	BPF_HELPER(xdp_load_bytes);

/* Sockets */
static __u64 (*const bpf_get_socket_cookie)(void *ctx) =
	BPF_HELPER(get_socket_cookie);
static __u64 (*const bpf_get_netns_cookie)(void *ctx) =
	BPF_HELPER(get_netns_cookie);

/*
 * The format is a constant of the program; at most three arguments. Seen in
 * /sys/kernel/tracing/trace_pipe: for debugging only.
 */
#define bpf_printk(fmt, ...)						\
({									\
	static const char ____fmt[] = fmt;				\
	bpf_trace_printk(____fmt, sizeof(____fmt), ##__VA_ARGS__);	\
})

#endif /* CALICO_BPF_H */
