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

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__type(key, __u32);
	__type(value, struct token_bucket);
	__uint(max_entries, 65536);
	__uint(map_flags, 0x2);
} buckets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1048576);
} events SEC(".maps");
