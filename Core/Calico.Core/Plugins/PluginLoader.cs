using System.Reflection;
using System.Security.Cryptography;
using Calico.Core.Compile;
using Calico.Sdk;
using Calico.Sdk.Resources;

namespace Calico.Core.Plugins;

/// <summary>
/// Loads one plugin.
/// <code>
/// folder ─1─► trusted, entry assembly found ─2─► fits the contract ─3─► loaded ─4─► one entry class
///               (files, manifest)             (metadata, links)                      │
///                 LoadedPlugin ◄─7─ services built ◄─6─ declarations ◄─5─ id is free ◄─┘
/// </code>
/// Nothing of the plugin runs before step 3, nothing of it stays when a step fails.
/// </summary>
/// <param name="host">What is lent to the plugin.</param>
/// <param name="owners">Whose files are trusted.</param>
/// <param name="patience">How long a plugin may take to declare itself.</param>
/// <param name="digests">By folder, the SHA-256 that the entry assembly must have.</param>
public sealed class PluginLoader(
    HostServices host, TrustedOwners owners, TimeSpan patience, IReadOnlyDictionary<string, string>? digests = null)
{
    internal const string TemplatePrefix = "bpf/";

    /// <summary>Loads the plugin in a folder.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="optionsOf">The operator's options for the plugin of that id.</param>
    /// <param name="folderOf">Where the plugin of that id is loaded from already; null where it is not.</param>
    /// <exception cref="PluginLoadException">It cannot be used; nothing of it stays loaded.</exception>
    public async Task<LoadedPlugin> LoadAsync(
        string folder, Func<string, MappingNode> optionsOf, Func<string, string?> folderOf)
    {
        PluginFolder found = PluginFolder.Open(folder, owners); // 1
        string? id = found.Manifest?.Id;
        PluginAssembly? assembly = null;
        try
        {
            CheckDigest(found, digests?.GetValueOrDefault(folder));
            id = ContractCheck.Run(found).Id ?? id; // 2
            assembly = Attempt(() => PluginAssembly.Load(found.EntryAssembly), $"{found.EntryAssembly} could not be loaded"); // 3
            EntryPoint entry = Attempt(() => EntryPoint.Find(assembly.Assembly), $"{found.EntryAssembly} could not be read"); // 4
            id = entry.Id;
            if (folderOf(id) is { } other) // 5
            {
                throw new PluginLoadException(
                    $"{found.Path} holds plugin '{entry.Id}', which is loaded from {other} already. Remove one of the two folders from the configuration.");
            }

            PluginContribution contribution = await ConfigureAsync(entry, assembly.Assembly, optionsOf(entry.Id)); // 6
            contribution.Lend(host);
            PluginServices services = Attempt( // 7
                () => PluginServices.Build(entry.Id, contribution.Services, host),
                $"Plugin '{entry.Id}' ({found.Path}): its services do not fit together");
            foreach (PluginCommand command in contribution.Commands)
            {
                command.Bind(services);
            }

            foreach (PluginDecoder decoder in contribution.Decoders)
            {
                decoder.Bind(services);
            }

            foreach (PluginRoute route in contribution.Routes)
            {
                route.Bind(services);
            }

            return new LoadedPlugin(found.Path, entry, assembly, contribution, services);
        }
        catch (PluginLoadException refused)
        {
            refused.PluginId ??= id;
            assembly?.Dispose();
            throw;
        }
    }

    private static void CheckDigest(PluginFolder found, string? wanted)
    {
        if (wanted is null)
        {
            return;
        }

        using FileStream file = File.OpenRead(found.EntryAssembly);
        string digest = Convert.ToHexStringLower(SHA256.HashData(file));
        if (digest != wanted)
        {
            throw new PluginLoadException(
                $"{found.EntryAssembly} has the SHA-256 {digest}, and the configuration wants {wanted}. If you changed the plugin, put the new digest into sha256; if you did not, find out who did.");
        }
    }

    private async Task<PluginContribution> ConfigureAsync(EntryPoint entry, Assembly assembly, MappingNode options)
    {
        // A separate thread, because the plugin may hang.
        Task<PluginContribution> configuring = Task.Run(() => Configure(entry, assembly, options, host.IsDetached));
        try
        {
            return await configuring.WaitAsync(patience);
        }
        catch (TimeoutException) when (!configuring.IsCompleted)
        {
            throw new PluginLoadException(
                $"Plugin '{entry.Id}' had not declared itself after {patience.TotalSeconds:0.#} s. {entry.Type.FullName}.Configure must only declare: do what takes time in a service.");
        }
    }

    private static PluginContribution Configure(EntryPoint entry, Assembly assembly, MappingNode options, bool isDetached)
    {
        var builder = new PluginBuilder(entry.Id, options, new EmbeddedTemplates(assembly, TemplatePrefix, entry.Id), isDetached);
        var plugin = Attempt(
            () => (IDataplanePlugin)Activator.CreateInstance(entry.Type)!,
            $"Plugin '{entry.Id}': the constructor of {entry.Type.FullName} failed");
        try
        {
            PluginContribution contribution = Attempt(
                () =>
                {
                    plugin.Configure(builder);
                    return builder.Close();
                },
                $"Plugin '{entry.Id}': {entry.Type.FullName}.Configure failed");
            ThrowIfOptionsAreWrong(builder, isComplete: true);
            return contribution;
        }
        catch (PluginLoadException)
        {
            // A value that stands in for a wrong one may be what Configure stumbled over.
            ThrowIfOptionsAreWrong(builder, isComplete: false);
            throw;
        }
    }

    internal static void ThrowIfOptionsAreWrong(PluginBuilder builder, bool isComplete)
    {
        if (builder.ExplainOptions(isComplete) is { } wrong)
        {
            throw new PluginLoadException($"Plugin '{builder.Id}' cannot take its options. {wrong}");
        }
    }

    /// <summary>Runs what may run code of the plugin; what that throws goes on as text only.</summary>
    private static T Attempt<T>(Func<T> step, string failed)
    {
        try
        {
            return step();
        }
        catch (Exception failure) when (failure is not PluginLoadException)
        {
            string reason = failure is DeclarationException ? failure.Message : ExceptionText.Line(failure);
            throw new PluginLoadException($"{failed}. {reason}", ExceptionText.Whole(failure));
        }
    }
}
