using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>How programs are attached to traffic control.</summary>
public enum AttachMode
{
    /// <summary>TCX links where the kernel has them, else clsact filters.</summary>
    Auto,

    /// <summary>TCX links only.</summary>
    Tcx,

    /// <summary>Filters on the clsact queueing discipline only.</summary>
    Clsact,
}

/// <summary>How programs are attached to XDP.</summary>
public enum XdpMode
{
    /// <summary>In the driver where it can, else generic.</summary>
    Auto,

    /// <summary>In the driver only.</summary>
    Native,

    /// <summary>After the driver only: works everywhere, and is slower.</summary>
    Generic,

    /// <summary>Not at all.</summary>
    Off,
}

/// <summary>How programs are attached to interfaces.</summary>
public sealed record AttachConfiguration
{
    public AttachMode Mode { get; init; } = AttachMode.Auto;

    /// <summary>The priority of our clsact filters among other people's: lower comes first.</summary>
    public ushort ClsactPriority { get; init; } = 1;

    /// <summary>The handle of our clsact filters: a filter at the same priority and handle is replaced, which is how they are swapped.</summary>
    public uint ClsactHandle { get; init; } = 0xCA11;

    public XdpMode Xdp { get; init; } = XdpMode.Auto;

    /// <summary>The cgroup, absolute, whose processes meet the plugins' socket programs; null leaves these unattached.</summary>
    public string? Cgroup { get; init; }

    internal static AttachConfiguration Read(FieldReader attach, ConfigurationFolder folder)
    {
        var defaults = new AttachConfiguration();
        FieldReader clsact = attach.Optional("clsact");
        return new AttachConfiguration
        {
            Mode = attach.Enum<AttachMode>("mode") ?? defaults.Mode,
            // The kernel takes 16 bits for a priority, and gives one of its own choice for 0.
            ClsactPriority = (ushort)(clsact.Number("priority", 1, ushort.MaxValue) ?? defaults.ClsactPriority),
            ClsactHandle = (uint)(clsact.Number("handle", 1, uint.MaxValue) ?? defaults.ClsactHandle),
            Xdp = attach.Enum<XdpMode>("xdp") ?? defaults.Xdp,
            Cgroup = folder.Path(attach, "cgroup"),
        };
    }
}
