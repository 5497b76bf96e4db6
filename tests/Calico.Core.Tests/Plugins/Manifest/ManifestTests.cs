using Calico.Core.Plugins;
using Calico.Core.Tests.Plugins.Linking;

namespace Calico.Core.Tests.Plugins.Manifest;

public sealed class ManifestTests
{
    private const string Good = """{"schema":1,"id":"tried","version":"1.2.3","entryAssembly":"Acme.Tried.dll","contract":{"Calico.Sdk":"1.0"},"sdk":"0.1.0","shared":{"Microsoft.Extensions.Logging.Abstractions":"10.0.0.0"},"framework":"net10.0"}""";

    private const string Source = """
        using Calico.Sdk;
        namespace Acme.Tried;
        [DataplanePlugin("tried")]
        public sealed class TriedPlugin : IDataplanePlugin { public void Configure(IPluginBuilder plugin) { } }
        """;

    [Fact]
    public async Task A_plugin_with_its_manifest_is_loaded()
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Source, manifest: Good);
        await using PluginSet set = await TestHost.LoadAsync(folder.Path);
        Assert.Equal("tried", Assert.Single(set.Plugins).Id);
    }

    [Theory]
    [InlineData("half a fi", "is not JSON (line 1). Build or install the plugin again.")]
    [InlineData("[]", "is damaged: it is not an object. Build or install the plugin again.")]
    [InlineData("{}", "is damaged: \"schema\" is not a number from 1 on. Build or install the plugin again.")]
    [InlineData("""{"schema":2}""", "has the schema 2, this host reads up to 1. Upgrade the host, or build the plugin with an older Calico.Sdk.")]
    [InlineData("""{"schema":1}""", "is damaged: \"id\" is not a text. Build or install the plugin again.")]
    [InlineData("""{"schema":1,"id":"Tried"}""", "is damaged: \"id\" is 'Tried': an id has lower-case letters, digits and hyphens, begins with a letter and has at most 32 characters, such as 'flow-counters'. Build or install the plugin again.")]
    [InlineData("""{"schema":1,"id":"tried","version":"../1"}""", "is damaged: \"version\" is '../1': a version looks like 1.2.3 or 1.2.3-beta.1 and has at most 64 characters. Build or install the plugin again.")]
    [InlineData("""{"schema":1,"id":"tried","version":"1.0","entryAssembly":"../x.dll"}""", "is damaged: \"entryAssembly\" is '../x.dll', and it must be a file's name without a folder. Build or install the plugin again.")]
    [InlineData("""{"schema":1,"id":"tried","version":"1.0","entryAssembly":"Acme.Tried.dll"}""", "is damaged: \"contract\" is not an object of texts. Build or install the plugin again.")]
    [InlineData("""{"schema":1,"id":"tried","version":"1.0","entryAssembly":"Acme.Tried.dll","contract":{"Calico.Sdk":"one"}}""", "is damaged: \"contract\" has the version 'one' for Calico.Sdk, and one such as 1.0 is expected. Build or install the plugin again.")]
    [InlineData("""{"schema":1,"id":"tried","version":"1.0","entryAssembly":"Acme.Tried.dll","contract":{}}""", "is damaged: \"contract\" does not name Calico.Sdk. Build or install the plugin again.")]
    [InlineData("""{"schema":1,"id":"tried","version":"1.0","entryAssembly":"Acme.Other.dll","contract":{"Calico.Sdk":"1.0"}}""", "names Acme.Other.dll, which is not in the folder. Build or install the plugin again.")]
    [InlineData("""{"schema":1,"id":"tried","version":"1.0","entryAssembly":"Acme.Tried.dll","contract":{"Calico.Sdk":"1.0","Calico.Sdk.Magic":"1.0"}}""", "says that the plugin was built against the contract Calico.Sdk.Magic 1.0, which this host does not have. Upgrade the host, or use a version of the plugin that does without.")]
    [InlineData("""{"schema":1,"id":"others","version":"1.0","entryAssembly":"Acme.Tried.dll","contract":{"Calico.Sdk":"1.0"}}""", "is the manifest of plugin 'others', and Acme.Tried.dll beside it is plugin 'tried'. Build or install the plugin again, into a folder of its own.")]
    public async Task A_manifest_that_is_damaged_or_anothers(string manifest, string reason)
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Source, manifest: manifest);
        Assert.Equal($"{folder.Path}/calico-plugin.json {reason}", (await TestHost.RefuseAsync(folder.Path)).Reason);
    }

    [Theory]
    [InlineData("\"Calico.Sdk\":\"1.0\"", "\"Calico.Sdk\":\"2.3\"", "was built against Calico.Sdk 2, this host offers Calico.Sdk 1. Upgrade the host.")]
    [InlineData("\"Calico.Sdk\":\"1.0\"", "\"Calico.Sdk\":\"0.9\"", "was built against Calico.Sdk 0, this host offers Calico.Sdk 1. Upgrade the plugin: build it against Calico.Sdk 1, or install a version of it that was.")]
    [InlineData("net10.0", "net99.0", "was built for net99.0, this host runs on .NET 10.0. Upgrade the host, or build the plugin for net10.0.")]
    public async Task A_manifest_for_another_host_says_which_side_to_upgrade(string old, string changed, string reason)
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Source, manifest: Good.Replace(old, changed, StringComparison.Ordinal));
        QuarantinedPlugin refused = await TestHost.RefuseAsync(folder.Path);
        Assert.Equal($"Plugin 'tried' ({folder.Path}/calico-plugin.json) {reason}", refused.Reason);
        Assert.Equal("tried", refused.Id);
    }

    [Fact]
    public async Task A_newer_minor_contract_is_no_reason_to_refuse_a_plugin_that_uses_nothing_of_it()
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Source, manifest: Good.Replace("\"1.0\"", "\"1.9\"", StringComparison.Ordinal));
        await using PluginSet set = await TestHost.LoadAsync(folder.Path);
        Assert.Single(set.Plugins);
    }
}
