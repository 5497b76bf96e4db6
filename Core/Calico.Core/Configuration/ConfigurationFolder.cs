using System.Text;
using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>The folder of the configuration file, which relative paths in it start from: wherever the agent was started, they mean the same.</summary>
internal sealed class ConfigurationFolder(string file)
{
    private readonly string _folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file)) ?? "/";

    /// <summary>An absolute path; null if the field is absent or wrong.</summary>
    public string? Path(FieldReader reader, string field)
    {
        string? text = reader.Text(field);
        if (text is null)
        {
            return null;
        }

        if (text.Length == 0 || text.Contains('\0', StringComparison.Ordinal))
        {
            reader.Error(field, "must be a path");
            return null;
        }

        if (text[0] == '~')
        {
            reader.Error(field, $"'{text}' starts with '~', which only a shell understands; write the whole path");
            return null;
        }

        return System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(text, _folder));
    }

    /// <summary>A path for a unix socket, which the kernel keeps in 108 bytes with the terminating zero.</summary>
    public static bool IsTooLongForSocket(string path) => Encoding.UTF8.GetByteCount(path) > 107;
}
