using Calico.Core.Bpf;

namespace Calico.Core.Tests.Bpf;

public class BpfExceptionTests
{
    private const string Log =
        """
        0: R1=ctx() R10=fp0
        ; return data[20]; @ limit.bpf.c.sbn:12
        2: (71) r0 = *(u8 *)(r1 +20)
        invalid access to packet, off=20 size=1, R1(id=0,off=20,r=0)
        R1 offset is outside of the packet
        processed 3 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0

        """;

    [Fact]
    public void The_message_is_one_sentence_with_the_verifiers_complaint_and_where()
    {
        BpfException error = new("load program", "limit", 13, Log);

        Assert.Equal("Could not load program 'limit': EACCES, permission denied; the verifier says: R1 offset is outside of the packet (at limit.bpf.c.sbn:12).", error.Message);
        Assert.Equal("R1 offset is outside of the packet", error.VerifierComplaint);
        Assert.Equal(Log, error.VerifierLog);
    }

    [Fact]
    public void Without_a_log_the_detail_is_told()
    {
        BpfException error = new("create map", "flows", 22, detail: "asked for was a hash");

        Assert.Equal("Could not create map 'flows': EINVAL, invalid argument; asked for was a hash.", error.Message);
        Assert.Null(error.VerifierLog);
        Assert.Null(error.VerifierComplaint);
    }

    [Theory]
    [InlineData(2, "ENOENT")]
    [InlineData(524, "ENOTSUPP")]
    [InlineData(4000, "LIBBPF_ERRNO__LIBELF")]
    [InlineData(4001, "LIBBPF_ERRNO__FORMAT")]
    [InlineData(4500, "errno 4500")]
    [InlineData(3999, "errno 3999")]
    public void Errors_have_names(int errno, string name) => Assert.Equal(name, new BpfException("do", "it", errno).ErrnoName);

    [Fact]
    public void A_log_of_statistics_only_holds_no_complaint() =>
        Assert.Null(new BpfException("load program", "x", 7, "processed 3 insns (limit 1000000) max_states_per_insn 0\n").VerifierComplaint);
}
