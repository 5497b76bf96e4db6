using Calico.Core.Plugins;
using Calico.Sdk;
using Microsoft.CodeAnalysis;

namespace Calico.Core.Tests.Plugins.Linking;

public sealed class LinkTests
{
    [Fact]
    public async Task A_plugin_that_uses_all_sorts_of_members_of_this_hosts_contract_is_loaded()
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin("""
            var map = plugin.Map<uint, ulong>("seen", MapKind.Hash, 10);
            plugin.FlowField<ulong>("since");
            plugin.Services.AddSingleton<Other>();
            if (plugin.Id.Length > 100) { Console.WriteLine(map.Name + Calico.Sdk.Net.IpNetwork.Parse("10.0.0.0/8") + Hooks.Tc + plugin.ToString()); }
            """, """
            public sealed class Other(ILogger<Other> log, IFlowTable flows) : IFlowTable
            {
                IEnumerable<Flow> IFlowTable.Read() { log.LogInformation("read"); return flows.Read().Where(flow => flow.State == FlowState.Established && flow.Get(new FlowField<uint>("a", "b")) > 0); }
            }
            public sealed record Row(string Text);
            public abstract class Handler<T> : ICommandHandler<T> { public virtual async IAsyncEnumerable<T> RunAsync(CommandInput input, CancellationToken cancellationToken) { await Task.Yield(); yield break; } }
            public sealed class RowHandler : Handler<Row>;
            """));
        await using PluginSet set = await TestHost.LoadAsync(folder.Path);
        Assert.Equal("tried", Assert.Single(set.Plugins).Id);
    }

    [Theory]
    [InlineData("void Newest<T>(int[] numbers, List<(int, T?)> more, in int last);", "", "plugin.Newest<string>([], [], 1);", "IPluginBuilder.Newest(Int32[], List<ValueTuple<Int32, !!0>>, Int32&)")]
    [InlineData("string? Newest { get; set; }", "", "plugin.Newest = plugin.Newest;", "IPluginBuilder.Newest, IPluginBuilder.Newest (to set it)")]
    [InlineData("object Stage(string name);", "", "plugin.Stage(\"a\");", "IPluginBuilder.Stage(String)")]
    [InlineData("", "public sealed class Newest<T> { public sealed class Inner(T value) { public T Value = value; } }", "_ = new Newest<int>.Inner(1).Value;", "Newest, Newest.Inner")]
    [InlineData("", "public struct FlowCounters { public ulong Octets; }", "Console.WriteLine(default(FlowCounters).Octets);", "FlowCounters.Octets")]
    [InlineData("", "public sealed class MapHandle<TKey, TValue> where TKey : unmanaged { public MapHandle(string one, string two, TKey three) { } }", "_ = new MapHandle<uint, ulong>(\"\", \"\", 3);", "new MapHandle(String, String, !0)")]
    [InlineData("", "public enum Octarine { One } public static class Words { public static Octarine Find(Octarine[] all) => all[0]; }", "_ = Words.Find([]);", "Octarine, Words")]
    public async Task What_a_newer_contract_has_and_this_host_lacks_is_named(string members, string types, string use, string named)
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin(use), CompiledPlugin.OtherSdk(members, types));
        string host = HostVersion();
        QuarantinedPlugin refused = await TestHost.RefuseAsync(folder.Path);
        Assert.Equal(
            $"{folder.Path}/Acme.Tried.dll was built against a newer Calico.Sdk; this host has Calico.Sdk {host}, which lacks {named}. Upgrade the host, or build the plugin against Calico.Sdk {host} or older.",
            refused.Reason);
        Assert.Equal("tried", refused.Id);
    }

    [Fact]
    public async Task Of_many_missing_members_the_first_three_are_named_and_the_rest_counted()
    {
        MetadataReference sdk = CompiledPlugin.OtherSdk("void A(); void B(); void C(); void D(); void E();");
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin("plugin.A(); plugin.B(); plugin.C(); plugin.D(); plugin.E();"), sdk);
        Assert.Contains("which lacks IPluginBuilder.A(), IPluginBuilder.B(), IPluginBuilder.C() and 2 more.", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_tells_which_newer_contract_it_was()
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin("plugin.Newest();"), CompiledPlugin.OtherSdk("void Newest();"), """
            {"schema":1,"id":"tried","version":"1.0.0","entryAssembly":"Acme.Tried.dll","sdk":"1.7.2","contract":{"Calico.Sdk":"1.7"}}
            """);
        Assert.Contains("was built against Calico.Sdk 1.7.2; this host has Calico.Sdk", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_the_plugin_brings_along_is_looked_into_too()
    {
        MetadataReference sdk = CompiledPlugin.OtherSdk("void Newest();");
        byte[] library = CompiledPlugin.Library("Acme.Inner", "namespace Acme.Inner; public static class Inner { public static void Do(Calico.Sdk.IPluginBuilder plugin) => plugin.Newest(); }", sdk);
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin("Acme.Inner.Inner.Do(plugin);"), sdk, null, ("Acme.Inner", library));
        Assert.StartsWith($"{folder.Path}/Acme.Inner.dll was built against a newer Calico.Sdk", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public interface IFlowTable { }", "public sealed class Mine : IFlowTable;", "Acme.Tried.Mine lacks IFlowTable.Read")]
    [InlineData("public interface ICommandHandler<out TRow> { IAsyncEnumerable<TRow> RunAsync(string input); }", "public sealed class Mine : ICommandHandler<int> { public IAsyncEnumerable<int> RunAsync(string input) => throw new NotSupportedException(); }", "Acme.Tried.Mine lacks ICommandHandler.RunAsync")]
    [InlineData("public abstract class Flow { public abstract byte Protocol { get; } }", "public abstract class Half : Flow { public override byte Protocol => 6; } public sealed class Mine : Half;", "Acme.Tried.Mine lacks Flow.Get, Acme.Tried.Mine lacks Flow.get_Destination, Acme.Tried.Mine lacks Flow.get_Forward and 6 more")]
    public async Task What_the_plugins_classes_would_have_to_implement_is_named(string types, string source, string named)
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin("", source), CompiledPlugin.OtherSdk("", types));
        string host = HostVersion();
        Assert.Equal(
            $"{folder.Path}/Acme.Tried.dll does not implement what this host's Calico.Sdk {host} asks for: {named}. Upgrade the plugin: build it against Calico.Sdk {host}, or install a version of it that was.",
            (await TestHost.RefuseAsync(folder.Path)).Reason);
    }

    [Fact]
    public async Task A_library_that_the_plugin_needs_and_lacks()
    {
        byte[] library = CompiledPlugin.Library("Acme.Inner", "namespace Acme.Inner; public static class Inner { public static void Do() { } }");
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin("Acme.Inner.Inner.Do();"), null, null, ("Acme.Inner", library));
        File.Delete(Path.Combine(folder.Path, "Acme.Inner.dll"));
        Assert.StartsWith(
            $"{folder.Path}/Acme.Tried.dll needs Acme.Inner 0.0.0.0, which is neither in its folder nor part of the host.",
            (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_the_dependency_file_lists_and_the_folder_lacks()
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin(""));
        string file = Path.Combine(folder.Path, "Acme.Tried.deps.json");
        await File.WriteAllTextAsync(
            file, """{"runtimeTarget":{"name":"any"},"targets":{"any":{"Acme.Inner/2.1.0":{"runtime":{"lib/net8.0/Acme.Inner.dll":{}}}}},"libraries":{}}""", TestContext.Current.CancellationToken);
        Assert.Equal(
            $"{folder.Path} lacks Acme.Inner.dll (of Acme.Inner/2.1.0), which Acme.Tried.deps.json lists. Build or install the plugin again, all of its output folder.",
            (await TestHost.RefuseAsync(folder.Path)).Reason);
    }

    [Fact]
    public async Task A_library_that_is_no_assembly()
    {
        byte[] library = CompiledPlugin.Library("Acme.Inner", "namespace Acme.Inner; public static class Inner { public static void Do() { } }");
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin("Acme.Inner.Inner.Do();"), null, null, ("Acme.Inner", library));
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "Acme.Inner.dll"), library[..(library.Length / 3)], TestContext.Current.CancellationToken);
        Assert.Contains("Acme.Inner.dll, which Acme.Tried.dll needs, is not a .NET assembly.", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    /// <summary>However a file was damaged: a sentence, and nothing worse.</summary>
    [Fact]
    public async Task An_assembly_with_any_byte_changed_is_loaded_or_refused_and_never_takes_the_host_down()
    {
        using TemporaryFolder folder = CompiledPlugin.Write(Plugin("plugin.Stage(\"a\", StagePhase.PreFlow);"));
        string dll = Path.Combine(folder.Path, "Acme.Tried.dll");
        byte[] whole = await File.ReadAllBytesAsync(dll, TestContext.Current.CancellationToken);
        var random = new Random(20_261_124);
        for (int round = 0; round < 300; round++)
        {
            byte[] spoiled = [.. whole];
            spoiled[random.Next(spoiled.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(dll, spoiled, TestContext.Current.CancellationToken);
            try
            {
                ContractCheck.Run(PluginFolder.Open(folder.Path, TrustedOwners.OfThisProcess()));
            }
            catch (PluginLoadException refused)
            {
                Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string HostVersion() =>
        ((System.Reflection.AssemblyInformationalVersionAttribute)typeof(IDataplanePlugin).Assembly
            .GetCustomAttributes(typeof(System.Reflection.AssemblyInformationalVersionAttribute), false)[0]).InformationalVersion.Split('+')[0];

    private static string Plugin(string configure, string more = "") => $$"""
        using Calico.Sdk;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Logging;
        namespace Acme.Tried;
        [DataplanePlugin("tried")]
        public sealed class TriedPlugin : IDataplanePlugin
        {
            public void Configure(IPluginBuilder plugin) { {{configure}} }
        }
        {{more}}
        """;
}
