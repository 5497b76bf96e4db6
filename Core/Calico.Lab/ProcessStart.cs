using System.Globalization;

namespace Calico.Lab;

/// <summary>Tells a process from a later one with the same number: the kernel's tick at which it started.</summary>
internal readonly record struct ProcessStart(ulong Tick)
{
    // Field 22 of /proc/PID/stat; counted from the state, field 3, which follows the name's closing bracket.
    private const int FieldsAfterName = 19;

    internal static ProcessStart? TryRead(int pid)
    {
        try
        {
            return TryParse(File.ReadAllText($"/proc/{pid}/stat"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Ended, and only waiting for its parent to take note.</summary>
    internal static bool IsZombie(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].TrimStart() is ['Z' or 'X', ..];
        }
        catch (IOException)
        {
            return false;
        }
    }

    internal static ProcessStart? TryParse(string stat)
    {
        // The name may hold spaces and brackets itself.
        var afterName = stat.LastIndexOf(')') + 1;
        var fields = stat[afterName..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return afterName > 0 && fields.Length > FieldsAfterName
            && ulong.TryParse(fields[FieldsAfterName], NumberStyles.None, CultureInfo.InvariantCulture, out var tick)
            ? new ProcessStart(tick)
            : null;
    }
}
