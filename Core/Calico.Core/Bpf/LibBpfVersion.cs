using System.Runtime.InteropServices;
using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>The libbpf that this process runs with: for people. What it can do is found by trying.</summary>
public static unsafe class LibBpfVersion
{
    /// <summary>Its own words, such as <c>v1.1</c>; null where it is not installed.</summary>
    public static string? Read()
    {
        try
        {
            return Marshal.PtrToStringUTF8((nint)LibBpf.libbpf_version_string());
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }
}
