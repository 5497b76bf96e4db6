using System.Globalization;

namespace Calico.Core.Maps;

/// <summary>What memory the machine has.</summary>
/// <param name="Total">All of it, in bytes.</param>
/// <param name="Available">What can be had without swapping, in bytes.</param>
public sealed record MachineMemory(ulong Total, ulong Available)
{
    /// <summary>Now, of this machine (<c>/proc/meminfo</c>).</summary>
    public static MachineMemory Read()
    {
        var values = File.ReadLines("/proc/meminfo")
            .Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => words[0], words => ulong.Parse(words[1], CultureInfo.InvariantCulture) * 1024);
        return new MachineMemory(values["MemTotal"], values["MemAvailable"]);
    }
}
