using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Calico.Core.Plugins.Linking;

/// <summary>The assemblies in a plugin's folder, opened as files: none of them is loaded.</summary>
internal sealed class PluginImages : IDisposable
{
    private readonly List<PEReader> _files = [];
    private readonly Dictionary<string, PluginImage> _byName = new(StringComparer.OrdinalIgnoreCase);

    private PluginImages(PluginImage entry) => Entry = entry;

    /// <summary>The plugin's own assembly.</summary>
    public PluginImage Entry { get; }

    /// <summary>It and those that it brings along.</summary>
    public IReadOnlyCollection<PluginImage> All => _byName.Values;

    /// <exception cref="PluginLoadException">The plugin's own assembly, or one that it refers to, is no assembly.</exception>
    /// <exception cref="BadImageFormatException">Its metadata is damaged further inside.</exception>
    public static PluginImages Open(PluginFolder folder)
    {
        var files = new List<PEReader>();
        PluginImages images = new(OpenOne(folder.EntryAssembly, files)
            ?? throw new PluginLoadException($"{folder.EntryAssembly} is not a .NET assembly. Build the plugin again."));
        images._files.AddRange(files);
        try
        {
            images._byName.Add(images.Entry.Name, images.Entry);
            HashSet<string> wanted = [.. images.Entry.References.Keys];
            foreach (string path in Directory.EnumerateFiles(folder.Path, "*.dll").Where(path => path != folder.EntryAssembly).Order(StringComparer.Ordinal))
            {
                if (OpenOne(path, images._files) is { } image)
                {
                    images._byName.TryAdd(image.Name, image);
                }
                else if (wanted.Contains(Path.GetFileNameWithoutExtension(path)))
                {
                    throw new PluginLoadException(
                        $"{path}, which {Path.GetFileName(folder.EntryAssembly)} needs, is not a .NET assembly. Build or install the plugin again.");
                }
            }

            return images;
        }
        catch
        {
            images.Dispose();
            throw;
        }
    }

    /// <summary>The assembly of a name; null where the folder has none.</summary>
    public PluginImage? Find(string name) => _byName.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (PEReader file in _files)
        {
            file.Dispose();
        }
    }

    // Null for what is no managed assembly: native libraries are called .dll too.
    private static PluginImage? OpenOne(string path, List<PEReader> files)
    {
        PEReader? file = null;
        try
        {
            // Read whole: a mapped file that somebody truncates takes the process down with SIGBUS.
            file = new PEReader(File.OpenRead(path), PEStreamOptions.PrefetchEntireImage);
            if (file.HasMetadata && file.GetMetadataReader() is { IsAssembly: true } reader)
            {
                var image = new PluginImage(path, reader);
                files.Add(file);
                return image;
            }
        }
        catch (BadImageFormatException)
        {
            // Said by the caller, who knows whether it matters.
        }

        file?.Dispose();
        return null;
    }
}
