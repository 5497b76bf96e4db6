namespace Calico.Harness.Chains;

/// <summary>The kernel's verdicts of TC and XDP programs.</summary>
public static class Verdicts
{
    public const int Continue = -1;
    public const int Drop = 2;
    public const int Redirect = 7;
    public const int XdpDrop = 1;
    public const int XdpPass = 2;
}
