using System.Globalization;
using System.IO.Compression;
using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>What newer kernels have and older ones lack.</summary>
[Flags]
public enum KernelFeature
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>TCX links (kernel 6.6).</summary>
    Tcx = 1,

    /// <summary>Netfilter links (kernel 6.4).</summary>
    NetfilterLink = 2,

    /// <summary>XDP links (kernel 5.9).</summary>
    XdpLink = 4,

    /// <summary>Version 4 of the instruction set, clang's <c>-mcpu=v4</c> (kernel 6.6).</summary>
    InstructionSetV4 = 8,
}

/// <summary>What this kernel can do: found out by trying, when first asked, and then remembered.</summary>
public sealed class KernelFeatures
{
    private readonly KernelFeature _disabled;
    private readonly Lazy<KernelFeature> _links;
    private readonly Lazy<bool> _instructionSetV4;
    private readonly Lazy<int> _jiffiesPerSecond;

    /// <summary>Probes lazily.</summary>
    /// <param name="disabled">Features to count as absent, so that fallbacks can be exercised on a kernel that has them.</param>
    public KernelFeatures(KernelFeature disabled = KernelFeature.None)
    {
        _disabled = disabled;
        _links = new(ProbeLinks);
        _instructionSetV4 = new(ProbeInstructionSetV4);
        _jiffiesPerSecond = new(() => ConfiguredHz() ?? MeasuredHz());
    }

    /// <summary>TCX links can be made; else use <see cref="ClsactFilter"/>.</summary>
    public bool Tcx => Has(KernelFeature.Tcx, _links);

    /// <summary>Netfilter links can be made.</summary>
    public bool NetfilterLink => Has(KernelFeature.NetfilterLink, _links);

    /// <summary>XDP links can be made.</summary>
    public bool XdpLink => Has(KernelFeature.XdpLink, _links);

    /// <summary>The kernel takes what clang makes with <c>-mcpu=v4</c>.</summary>
    public bool InstructionSetV4 => !_disabled.HasFlag(KernelFeature.InstructionSetV4) && _instructionSetV4.Value;

    /// <summary>How many of <c>bpf_jiffies64</c>'s ticks make a second: CONFIG_HZ.</summary>
    public int JiffiesPerSecond => _jiffiesPerSecond.Value;

    /// <summary>CPUs that the kernel could ever bring up.</summary>
    public static int PossibleCpuCount => PossibleCpus.Count;

    private bool Has(KernelFeature feature, Lazy<KernelFeature> probed) => !_disabled.HasFlag(feature) && probed.Value.HasFlag(feature);

    /// <summary>Makes real links, in a network namespace of its own: nothing on the machine notices.</summary>
    private static KernelFeature ProbeLinks()
    {
        KernelFeature found = KernelFeature.None;
        BpfException? failure = null;
        // The namespace goes with the thread; a thread of the pool would carry it to whoever comes next.
        Thread thread = new(() =>
        {
            if (LibC.unshare(LibC.CLONE_NEWNET) != 0)
            {
                failure = new BpfException("make", "a network namespace to probe the kernel in", System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
                return;
            }

            const int Loopback = 1;
            found |= Try(KernelFeature.Tcx, ProgramType.SchedCls, 0, program => BpfLink.AttachTcx(program, Loopback, TcDirection.Ingress));
            found |= Try(KernelFeature.XdpLink, ProgramType.Xdp, 0, program => BpfLink.AttachXdp(program, Loopback, XdpMode.Generic));
            found |= Try(KernelFeature.NetfilterLink, ProgramType.Netfilter, ProgramKind.Netfilter.ExpectedAttachType,
                program => BpfLink.AttachNetfilter(program, NetfilterFamily.IPv4, NetfilterHook.PreRouting, priority: 0));
        })
        {
            IsBackground = true,
            Name = "kernel feature probe",
        };
        thread.Start();
        thread.Join();
        return failure is null ? found : throw failure;
    }

    private static KernelFeature Try(KernelFeature feature, ProgramType type, uint attachType, Func<BpfProgram, BpfLink> attach)
    {
        try
        {
            // 1 is an allowed verdict of all three types, and nothing ever meets it.
            using BpfProgram program = BpfProgram.LoadInstructions("probe_link", type, Instructions.Return(1), attachType);
            using BpfLink link = attach(program);
            return feature;
        }
        catch (BpfException refused) when (IsUnsupported(refused))
        {
            return KernelFeature.None;
        }
    }

    private static bool ProbeInstructionSetV4()
    {
        try
        {
            BpfProgram.LoadInstructions("probe_v4", ProgramType.SchedCls,
                [Instructions.MoveImmediate(0, 0), Instructions.LongJump(0), Instructions.ByteSwap64(0), Instructions.Exit]).Dispose();
            return true;
        }
        catch (BpfException refused) when (IsUnsupported(refused))
        {
            return false;
        }
    }

    // A missing privilege is not a missing feature.
    private static bool IsUnsupported(BpfException refused) => refused.Errno is not (Errno.EPERM or Errno.EACCES);

    private static int? ConfiguredHz()
    {
        const string Key = "CONFIG_HZ=";
        foreach (string path in (string[])["/proc/config.gz", "/boot/config-" + File.ReadAllText("/proc/sys/kernel/osrelease").Trim()])
        {
            if (!File.Exists(path))
            {
                continue;
            }

            using Stream file = File.OpenRead(path);
            using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using StreamReader reader = new(text);
            while (reader.ReadLine() is { } line)
            {
                if (line.StartsWith(Key, StringComparison.Ordinal))
                {
                    return int.Parse(line.AsSpan(Key.Length), CultureInfo.InvariantCulture);
                }
            }
        }

        return null;
    }

    /// <summary>Counts ticks for a quarter of a second and takes the nearest of the rates that kernels are built with.</summary>
    internal static int MeasuredHz()
    {
        using KernelClock clock = new();
        KernelTime start = clock.Now();
        Thread.Sleep(250);
        KernelTime end = clock.Now();
        double rate = (end.Jiffies - start.Jiffies) * 1e9 / (end.Nanoseconds - start.Nanoseconds);
        return ((int[])[100, 250, 300, 1000]).MinBy(hz => Math.Abs(Math.Log(rate / hz)));
    }
}
