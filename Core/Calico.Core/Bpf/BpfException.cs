using System.Text;

namespace Calico.Core.Bpf;

/// <summary>The kernel or libbpf refused something: what was tried, on what, with which error, and what the verifier said.</summary>
public sealed class BpfException : Exception
{
    /// <summary>Makes the error for one refused operation.</summary>
    /// <param name="attempted">What was tried, as an infinitive: "load program".</param>
    /// <param name="subject">On what: the name of a program or map, or a path.</param>
    /// <param name="errno">The positive error number.</param>
    /// <param name="verifierLog">The verifier's log, whole.</param>
    /// <param name="detail">What else is known: libbpf's last words, or advice.</param>
    public BpfException(string attempted, string subject, int errno, string? verifierLog = null, string? detail = null)
        : base(Sentence(attempted, subject, errno, verifierLog, detail))
    {
        Attempted = attempted;
        Subject = subject;
        Errno = errno;
        VerifierLog = string.IsNullOrWhiteSpace(verifierLog) ? null : verifierLog;
    }

    /// <summary>What was tried: "load program".</summary>
    public string Attempted { get; }

    /// <summary>On what it was tried: a program, a map or a path.</summary>
    public string Subject { get; }

    /// <summary>The error number, positive.</summary>
    public int Errno { get; }

    /// <summary>The error's symbolic name, "EINVAL".</summary>
    public string ErrnoName => Bpf.Errno.Name(Errno);

    /// <summary>The verifier's log in full, when the verifier had something to say.</summary>
    public string? VerifierLog { get; }

    /// <summary>The log's line that gives the reason.</summary>
    public string? VerifierComplaint => Bpf.VerifierLog.Complaint(VerifierLog);

    /// <summary>Throws when <paramref name="result"/> is a −errno, else gives it back.</summary>
    internal static int ThrowIfError(int result, string attempted, string subject) =>
        result < 0 ? throw new BpfException(attempted, subject, -result) : result;

    private static string Sentence(string attempted, string subject, int errno, string? log, string? detail)
    {
        StringBuilder text = new($"Could not {attempted} '{subject}': {Bpf.Errno.Name(errno)}, {Bpf.Errno.Describe(errno)}");
        if (Bpf.VerifierLog.Complaint(log) is { } complaint)
        {
            text.Append($"; the verifier says: {complaint}");
            if (Bpf.VerifierLog.SourcePosition(log) is { } position)
            {
                text.Append($" (at {position})");
            }
        }

        if (!string.IsNullOrWhiteSpace(detail))
        {
            text.Append($"; {detail.Trim()}");
        }
        else if (errno == Bpf.Errno.EPERM && log is null)
        {
            text.Append("; this needs root, or CAP_BPF and CAP_NET_ADMIN");
        }

        return text.Append('.').ToString();
    }
}
