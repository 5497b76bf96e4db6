using System.Runtime.Versioning;
using Calico.Core.Plugins;
using Calico.Sdk;

namespace Calico.Core.Tests.Plugins;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_folder_that_does_not_exist() =>
        Assert.Equal("/nonexistent does not exist. Give the folder that the plugin was built or installed into.", (await TestHost.RefuseAsync("/nonexistent")).Reason);

    [Fact]
    public async Task A_folder_that_is_a_file() =>
        Assert.StartsWith("/etc/hostname is a file.", (await TestHost.RefuseAsync("/etc/hostname")).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task A_path_that_is_not_absolute()
    {
        string reason = (await TestHost.RefuseAsync("plugins/mine")).Reason;
        Assert.StartsWith("'plugins/mine' is not an absolute path.", reason, StringComparison.Ordinal);
        Assert.Contains(Path.GetFullPath("plugins/mine"), reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_plugin()
    {
        using var empty = new TemporaryFolder();
        Assert.StartsWith($"{empty.Path} holds no plugin: no NAME.dll with a NAME.deps.json beside it.", (await TestHost.RefuseAsync(empty.Path)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_two_plugins()
    {
        using TemporaryFolder folder = BuiltPlugin.Copy(BuiltPlugin.FlowCounters);
        File.Copy(Path.Combine(BuiltPlugin.Throwing, "Acme.Throwing.dll"), Path.Combine(folder.Path, "Acme.Throwing.dll"));
        File.Copy(Path.Combine(BuiltPlugin.Throwing, "Acme.Throwing.deps.json"), Path.Combine(folder.Path, "Acme.Throwing.deps.json"));
        // With a manifest there is no doubt.
        File.Delete(Path.Combine(folder.Path, PluginManifest.FileName));
        Assert.Equal(
            $"{folder.Path} holds 2 candidates for the plugin (Acme.Throwing.dll, Calico.Plugins.FlowCounters.dll). Give each plugin a folder of its own.",
            (await TestHost.RefuseAsync(folder.Path)).Reason);
    }

    [Fact]
    public async Task A_file_that_is_no_assembly()
    {
        using TemporaryFolder folder = BuiltPlugin.Copy(BuiltPlugin.FlowCounters);
        string dll = Path.Combine(folder.Path, "Calico.Plugins.FlowCounters.dll");
        await File.WriteAllTextAsync(dll, "an unfinished download", TestContext.Current.CancellationToken);
        Assert.StartsWith($"{dll} is not a .NET assembly", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("half a fi", "is not JSON (line 1).")]
    [InlineData("{}", "is damaged: it has no \"runtimeTarget\".")]
    [InlineData("[]", "is damaged: it has no \"runtimeTarget\".")]
    [InlineData("""{"runtimeTarget":{}}""", "is damaged: \"runtimeTarget\" has no name.")]
    [InlineData("""{"runtimeTarget":{"name":"net"},"targets":{}}""", "is damaged: \"targets\" has no \"net\".")]
    [InlineData("""{"runtimeTarget":"net","targets":{"net":{"a/1":{"runtime":[]}}}}""", "is damaged: a package of target \"net\" does not list its files as it should.")]
    [InlineData("""{"runtimeTarget":"net","targets":{"net":{"a/1":{"runtimeTargets":{"a.so":{"rid":"linux"}}}}}}""", "is damaged: a package of target \"net\" does not list its files as it should.")]
    [InlineData("""{"runtimeTarget":"net","targets":{"net":{}}}""", "is damaged: it has no \"libraries\".")]
    [InlineData("""{"runtimeTarget":"net","targets":{"net":{}},"libraries":{"a/1":{"type":"package","sha512":""}}}""", "is damaged: a member of \"libraries\" lacks its type, sha512 or serviceable.")]
    [InlineData("""{"runtimeTarget":"net","targets":{"net":{}},"libraries":{},"runtimes":{"linux":"any"}}""", "is damaged: \"runtimes\" is not an object of lists.")]
    public async Task A_dependency_file_that_would_take_the_process_down(string content, string reason)
    {
        using TemporaryFolder folder = BuiltPlugin.Copy(BuiltPlugin.FlowCounters);
        string file = Path.Combine(folder.Path, "Calico.Plugins.FlowCounters.deps.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        Assert.Equal($"{file} {reason} Build or install the plugin again.", (await TestHost.RefuseAsync(folder.Path)).Reason);
    }

    [Fact]
    public async Task An_assembly_that_does_not_know_the_contract()
    {
        using TemporaryFolder folder = EmptyAssembly.Write("Acme.Stranger");
        Assert.Contains("is not a plugin: it does not reference Calico.Sdk.", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assembly_without_an_entry_class()
    {
        using TemporaryFolder folder = EmptyAssembly.Write("Acme.Library", ("Calico.Sdk", typeof(IDataplanePlugin).Assembly.GetName().Version!));
        Assert.StartsWith("Acme.Library is not a plugin: no class of it implements IDataplanePlugin.", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99, "Upgrade the host.")]
    [InlineData(0, "Upgrade the plugin: build it against Calico.Sdk 1, or install a version of it that was.")]
    public async Task A_plugin_for_another_contract_with_the_side_to_upgrade(int major, string advice)
    {
        using TemporaryFolder folder = EmptyAssembly.Write("Acme.Elsewhere", ("Calico.Sdk", new Version(major, 0, 0, 0)));
        string reason = (await TestHost.RefuseAsync(folder.Path)).Reason;
        Assert.EndsWith($"was built against Calico.Sdk {major}, this host offers Calico.Sdk 1. {advice}", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_for_a_newer_framework_package_than_the_hosts()
    {
        using TemporaryFolder folder = EmptyAssembly.Write(
            "Acme.Modern",
            ("Calico.Sdk", typeof(IDataplanePlugin).Assembly.GetName().Version!),
            ("Microsoft.Extensions.Logging.Abstractions", new Version(99, 0, 0, 0)));
        Assert.Contains("was built against Microsoft.Extensions.Logging.Abstractions 99.0.0.0, this host offers 10.0.0.0.", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_with_its_own_copy_of_the_contract()
    {
        using TemporaryFolder folder = BuiltPlugin.Copy(BuiltPlugin.FlowCounters);
        string copy = Path.Combine(folder.Path, "Calico.Sdk.dll");
        File.Copy(typeof(IDataplanePlugin).Assembly.Location, copy);
        Assert.Equal(
            $"{copy} is the plugin's own copy of the contract; its types would be strangers to the host's. Delete it, and set Private=\"false\" ExcludeAssets=\"runtime\" on the plugin's reference to Calico.Sdk.",
            (await TestHost.RefuseAsync(folder.Path)).Reason);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherWrite, "everybody")]
    [SupportedOSPlatform("linux")]
    public async Task A_file_that_others_may_write(UnixFileMode right, string who)
    {
        using TemporaryFolder folder = BuiltPlugin.Copy(BuiltPlugin.FlowCounters);
        string dll = Path.Combine(folder.Path, "Calico.Plugins.FlowCounters.dll");
        File.SetUnixFileMode(dll, File.GetUnixFileMode(dll) | right);
        Assert.Equal(
            $"{dll} can be written by {who}, and a plugin runs with all the rights of the agent. Take that right away: chmod -R go-w FOLDER.",
            (await TestHost.RefuseAsync(folder.Path)).Reason);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_folder_that_others_may_write()
    {
        using TemporaryFolder folder = BuiltPlugin.Copy(BuiltPlugin.FlowCounters);
        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherWrite);
        Assert.StartsWith($"{folder.Path} can be written by everybody", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_user_who_is_not_trusted()
    {
        // As if the agent were another user's: nobody trusts user 4711's files, not even the tests' own.
        var owners = new TrustedOwners(new HashSet<uint> { 4711 }, new HashSet<uint>());
        await using PluginSet set = await new PluginHost(TestHost.Services).LoadAsync(
            new PluginRequest([BuiltPlugin.FlowCounters]) { Owners = owners }, TestContext.Current.CancellationToken);
        Assert.StartsWith($"{BuiltPlugin.FlowCounters} belongs to user ", Assert.Single(set.Quarantined).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_file()
    {
        using TemporaryFolder folder = BuiltPlugin.Copy(BuiltPlugin.FlowCounters);
        string link = Path.Combine(folder.Path, "extra.dll");
        File.CreateSymbolicLink(link, "/etc/hostname");
        Assert.StartsWith($"{link} is a symbolic link.", (await TestHost.RefuseAsync(folder.Path)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_constructor_that_throws()
    {
        QuarantinedPlugin refused = await TestHost.RefuseAsync(BuiltPlugin.Throwing);
        Assert.Equal(
            "Plugin 'throwing': the constructor of Acme.Throwing.ThrowingPlugin failed. InvalidOperationException: the licence server is on holiday",
            refused.Reason);
        Assert.Contains("at Acme.Throwing.ThrowingPlugin..ctor()", refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throw", "Plugin 'obedient': Acme.Obedient.ObedientPlugin.Configure failed. InvalidOperationException: I was told to")]
    [InlineData("hang", "Plugin 'obedient' had not declared itself after 0.2 s. Acme.Obedient.ObedientPlugin.Configure must only declare: do what takes time in a service.")]
    [InlineData("unknown-template", "Plugin 'obedient': Acme.Obedient.ObedientPlugin.Configure failed. The stage 'other': the assembly has no template 'bpf/other.bpf.c.sbn' (it has obey.bpf.c.sbn). Put the file into the project's bpf/ folder, or name it with Template().")]
    public async Task A_configure_that_fails(string how, string reason) =>
        Assert.Equal(reason, (await TestHost.RefuseAsync(BuiltPlugin.Obedient, ("configure", how))).Reason);

    [Fact]
    public async Task Services_that_need_what_is_not_there()
    {
        QuarantinedPlugin refused = await TestHost.RefuseAsync(BuiltPlugin.Obedient, ("configure", "unfit-services"));
        Assert.StartsWith("Plugin 'obedient' (", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("its services do not fit together. ", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("NeedsWhatIsNotThere", refused.Reason, StringComparison.Ordinal);
    }
}
