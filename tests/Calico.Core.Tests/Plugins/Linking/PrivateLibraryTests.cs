using Calico.Core.Plugins;

namespace Calico.Core.Tests.Plugins.Linking;

public sealed class PrivateLibraryTests
{
    [Fact]
    public async Task Two_plugins_use_two_versions_of_one_library_at_the_same_time()
    {
        using TemporaryFolder first = Plugin("first", "1.4.0.0", "public static string Greet() => \"one\";", "Greeter.Greet()");
        using TemporaryFolder second = Plugin("second", "2.0.0.0", "public static string Greet(string whom) => whom + \" two\";", "Greeter.Greet(\"hello\")");
        await using PluginSet set = await TestHost.LoadAsync(first.Path, second.Path);

        Assert.Equal(
            [("first", "one of Acme.Library 1.4.0.0"), ("second", "hello two of Acme.Library 2.0.0.0")],
            set.Plugins.Select(plugin => (plugin.Id, Assert.Single(plugin.Declaration.DropReasons).Sentence)));
    }

    [Fact]
    public async Task A_plugin_uses_its_own_version_of_a_library_that_the_host_has_too()
    {
        // Scriban is Core's; this one only bears its name.
        using TemporaryFolder folder = Plugin("own", "99.0.0.0", "public static string Greet() => \"mine\";", "Greeter.Greet()", library: "Scriban");
        await using PluginSet set = await TestHost.LoadAsync(folder.Path);
        Assert.Equal("mine of Scriban 99.0.0.0", Assert.Single(Assert.Single(set.Plugins).Declaration.DropReasons).Sentence);
    }

    // What the library says at run time is in the declaration: its code ran, in Configure.
    private static TemporaryFolder Plugin(string id, string version, string member, string use, string library = "Acme.Library") => CompiledPlugin.Write(
        $$"""
        using Calico.Sdk;
        using Acme.Greeting;
        namespace Acme.Tried;
        [DataplanePlugin("{{id}}")]
        public sealed class TriedPlugin : IDataplanePlugin
        {
            public void Configure(IPluginBuilder plugin)
            {
                var name = typeof(Greeter).Assembly.GetName();
                plugin.DropReason("TRIED", {{use}} + " of " + name.Name + " " + name.Version);
            }
        }
        """,
        libraries: (library, CompiledPlugin.Library(library, $$"""
            [assembly: System.Reflection.AssemblyVersion("{{version}}")]
            namespace Acme.Greeting;
            public static class Greeter { {{member}} }
            """)));
}
