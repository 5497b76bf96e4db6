/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What a socket program sees: ctx, the address that a process gave (connect, sendmsg) or is about to be told (recvmsg,
 * getpeername). Addresses and ports (user_ip4, user_ip6, user_port) are in network order, and may be written.
 *
 *	SOCKET_PROGRAM(name)
 *	{
 *		...
 *		return socket_allow();		or socket_refuse()
 *	}
 */
#ifndef CALICO_SOCKET_H
#define CALICO_SOCKET_H

/* Which hook SOCKET_HOOK is. */
#define SOCKET_CONNECT4		1
#define SOCKET_CONNECT6		2
#define SOCKET_SENDMSG4		4
#define SOCKET_SENDMSG6		8
#define SOCKET_RECVMSG4		16
#define SOCKET_RECVMSG6		32
#define SOCKET_GETPEERNAME4	64
#define SOCKET_GETPEERNAME6	128

/* The call goes on, with the address as it is now. */
static __always_inline int socket_allow(void)
{
	return 1;
}

/* The call fails with EPERM. */
#if SOCKET_CAN_REFUSE
static __always_inline int socket_refuse(void)
{
	return 0;
}
#else
#define socket_refuse() \
	_Pragma("GCC error \"a program at recvmsg or getpeername cannot refuse: return socket_allow(), or leave the hook out\"") 1
#endif

#define SOCKET_PROGRAM(name) \
	static __always_inline int socket_program_##name(struct bpf_sock_addr *ctx)

#endif
