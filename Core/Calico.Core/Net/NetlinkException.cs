using System.Runtime.InteropServices;

namespace Calico.Core.Net;

/// <summary>The kernel refused a request about links, addresses, routes or neighbours.</summary>
public sealed class NetlinkException : IOException
{
    /// <summary>Without details; the others say more.</summary>
    public NetlinkException()
    {
    }

    /// <summary>With a sentence only, for an answer that could not be understood.</summary>
    public NetlinkException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence and its cause.</summary>
    public NetlinkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>For an errno from the kernel.</summary>
    /// <param name="attempt">What was tried and on what, such as "add the route 10.0.0.0/8".</param>
    /// <param name="errno">The positive error number.</param>
    /// <param name="explanation">The kernel's own words, if it gave some.</param>
    public NetlinkException(string attempt, int errno, string? explanation = null)
        : base(Describe(attempt, errno, explanation))
    {
        Errno = errno;
        KernelExplanation = explanation;
    }

    /// <summary>The positive error number, 0 if the failure was not the kernel's.</summary>
    public int Errno { get; }

    /// <summary>The error's symbolic name, such as ENODEV.</summary>
    public string ErrnoSymbol => ErrnoName.Of(Errno);

    /// <summary>The kernel's own words (extended acknowledgement), if it gave some.</summary>
    public string? KernelExplanation { get; }

    private static string Describe(string attempt, int errno, string? explanation)
    {
        var words = explanation is null ? string.Empty : $"; the kernel says: {explanation}";
        var advice = errno switch
        {
            1 => " Run with CAP_NET_ADMIN in this network namespace.",
            ErrnoName.NoBufferSpace => " Events were lost: read the current state again.",
            _ => string.Empty,
        };
        return $"Could not {attempt}: {ErrnoName.Of(errno)} ({Marshal.GetPInvokeErrorMessage(errno)}){words}.{advice}";
    }
}
