namespace Calico.Core.Net;

/// <summary>
/// Kernel settings under /proc/sys. Those below <c>net/</c> belong to the network namespace of the *thread* that opens
/// them, so a thread that entered another namespace writes the settings of that one.
/// </summary>
public static class Sysctl
{
    private const string Root = "/proc/sys/";

    /// <summary>Writes a setting.</summary>
    /// <param name="path">With slashes, such as <c>net/ipv4/ip_forward</c> (an interface's name may contain dots).</param>
    /// <param name="value">The value as text.</param>
    public static void Write(string path, string value)
    {
        var file = FileOf(path);
        try
        {
            File.WriteAllText(file, value);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Could not set {file} to '{value}': {Reason(file, refused)}", refused);
        }
    }

    /// <summary>Reads a setting, without the line end.</summary>
    public static string Read(string path)
    {
        var file = FileOf(path);
        try
        {
            return File.ReadAllText(file).TrimEnd('\n');
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Could not read {file}: {Reason(file, refused)}", refused);
        }
    }

    /// <summary>Reads a setting; null if this kernel, or this interface, has no such setting.</summary>
    public static string? TryRead(string path) => File.Exists(FileOf(path)) ? Read(path) : null;

    private static string FileOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return path.StartsWith('/') || path.Split('/').Contains("..")
            ? throw new ArgumentException($"'{path}' is not a setting's path relative to {Root}, such as net/ipv4/ip_forward.", nameof(path))
            : Root + path;
    }

    private static string Reason(string file, Exception refused) => refused switch
    {
        FileNotFoundException or DirectoryNotFoundException => "this kernel or this network namespace has no such setting (is the interface there?).",
        UnauthorizedAccessException => "permission denied; run as root, and with /proc/sys writable.",
        _ when !File.Exists(file) => "the setting is gone.",
        _ => $"the kernel refused: {refused.Message}",
    };
}
