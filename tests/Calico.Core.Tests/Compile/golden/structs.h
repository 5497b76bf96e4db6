/* Calico.Core.Tests.Compile.CEmitterTests.FlowState, kept in a __u8 */
enum flow_state {
	FLOW_STATE_NEW = 0,
	FLOW_STATE_ESTABLISHED = 4,
	FLOW_GONE = 5,
};

/* Calico.Core.Tests.Compile.CEmitterTests.TokenBucket */
struct token_bucket {
	__u64 tokens;
	__u32 refilled_at;
	__u8 state; /* enum flow_state */
	__u8 reserved;
	__u16 ipv4_port;
};
_Static_assert(sizeof(struct token_bucket) == 16, "token_bucket: size as in C#");
_Static_assert(__builtin_offsetof(struct token_bucket, tokens) == 0, "token_bucket.tokens: offset as in C#");
_Static_assert(__builtin_offsetof(struct token_bucket, refilled_at) == 8, "token_bucket.refilled_at: offset as in C#");
_Static_assert(__builtin_offsetof(struct token_bucket, state) == 12, "token_bucket.state: offset as in C#");
_Static_assert(__builtin_offsetof(struct token_bucket, reserved) == 13, "token_bucket.reserved: offset as in C#");
_Static_assert(__builtin_offsetof(struct token_bucket, ipv4_port) == 14, "token_bucket.ipv4_port: offset as in C#");

/* Calico.Core.Tests.Compile.CEmitterTests.Balance, kept in a __s32 */
enum balance {
	BALANCE_LOWEST = (-2147483647 - 1),
	BALANCE_MINUS = -1,
};

/* Calico.Core.Tests.Compile.CEmitterTests.Flags, kept in a __u64 */
#define BIG_FLAGS_NONE ((__u64)0x0ULL)
#define BIG_FLAGS_TOP ((__u64)0x8000000000000000ULL)

/* Calico.Core.Tests.Compile.CEmitterTests.Outer */
struct outer {
	__u8 addresses[2][16];
	struct token_bucket bucket;
	__s32 ifindex;
	__s32 balance; /* enum balance */
	__u64 flags; /* enum big_flags */
};
_Static_assert(sizeof(struct outer) == 64, "outer: size as in C#");
_Static_assert(__builtin_offsetof(struct outer, addresses) == 0, "outer.addresses: offset as in C#");
_Static_assert(__builtin_offsetof(struct outer, bucket) == 32, "outer.bucket: offset as in C#");
_Static_assert(__builtin_offsetof(struct outer, ifindex) == 48, "outer.ifindex: offset as in C#");
_Static_assert(__builtin_offsetof(struct outer, balance) == 52, "outer.balance: offset as in C#");
_Static_assert(__builtin_offsetof(struct outer, flags) == 56, "outer.flags: offset as in C#");

/* Calico.Core.Tests.Compile.CEmitterTests.Packed */
struct packed {
	__u8 kind;
	__u32 value;
	__u16 port;
} __attribute__((packed, aligned(1)));
_Static_assert(sizeof(struct packed) == 7, "packed: size as in C#");
_Static_assert(__builtin_offsetof(struct packed, kind) == 0, "packed.kind: offset as in C#");
_Static_assert(__builtin_offsetof(struct packed, value) == 1, "packed.value: offset as in C#");
_Static_assert(__builtin_offsetof(struct packed, port) == 5, "packed.port: offset as in C#");

/* Calico.Core.Tests.Compile.CEmitterTests.Overlaid */
struct overlaid {
	union {
		__u64 both;
		struct {
			__u32 low;
			__u32 high;
		};
	};
	__u32 rest;
	__u32 last;
};
_Static_assert(sizeof(struct overlaid) == 16, "overlaid: size as in C#");
_Static_assert(__builtin_offsetof(struct overlaid, both) == 0, "overlaid.both: offset as in C#");
_Static_assert(__builtin_offsetof(struct overlaid, low) == 0, "overlaid.low: offset as in C#");
_Static_assert(__builtin_offsetof(struct overlaid, high) == 4, "overlaid.high: offset as in C#");
_Static_assert(__builtin_offsetof(struct overlaid, rest) == 8, "overlaid.rest: offset as in C#");
_Static_assert(__builtin_offsetof(struct overlaid, last) == 12, "overlaid.last: offset as in C#");

