namespace Calico.Packages.Tests;

/// <summary>A plugin's project as a stranger writes it, in a folder of its own.</summary>
internal sealed class StrangersPlugin
{
    private const string Name = "Acme.Stranger";

    private readonly PackedFeed _feed;

    /// <param name="feed">Where its packages come from.</param>
    /// <param name="folder">The name of its folder among those of this run.</param>
    public StrangersPlugin(PackedFeed feed, string folder)
    {
        _feed = feed;
        Folder = Path.Combine(feed.Folder, folder, Name);
        Write($"{Name}.csproj", Project(feed.Version));
        Write("StrangerPlugin.cs", Code);
        Write("bpf/count.bpf.c.sbn", Template);
        Write("bpf/count.h", "/* SPDX-License-Identifier: Apache-2.0 */\n#define STEP 1\n");
        Write("data/list.txt", "copied to the output\n");
    }

    public string Folder { get; }

    public string ProjectFile => PathOf($"{Name}.csproj");

    public string Output => PathOf("bin/Debug/net10.0");

    public string Template { get; } =
        """
        /* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
        #include <stranger/count.h>

        STAGE(count)
        {
        	__u32 protocol = pkt->protocol;
        	__u64 *packets = bpf_map_lookup_elem(&stranger_packets, &protocol);

        	if (packets)
        		*packets += STEP;
        	return stage_next(pkt);
        }
        """;

    public string Code { get; } =
        """
        using Calico.Sdk;

        namespace Acme.Stranger;

        [DataplanePlugin("stranger", Description = "Counts packets.")]
        public sealed class StrangerPlugin : IDataplanePlugin
        {
            public void Configure(IPluginBuilder plugin)
            {
                plugin.Map<uint, ulong>("packets", MapKind.PerCpuArray, maxEntries: 256);
                plugin.Stage("count", StagePhase.PostFlow).On(Hooks.WorkloadIngress);
            }

            public static object Library => new YamlDotNet.Serialization.DeserializerBuilder();
        }
        """;

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public StrangersPlugin With(string file, string part, string other)
    {
        string text = File.ReadAllText(PathOf(file));
        Assert.Contains(part, text, StringComparison.Ordinal);
        Write(file, text.Replace(part, other, StringComparison.Ordinal));
        return this;
    }

    public Task<Shell.Result> BuildAsync(params IReadOnlyList<string> arguments) =>
        _feed.RunAsync(Folder, ["dotnet", "build", "-v", "quiet", "--nologo", .. arguments]);

    private static string Project(string version) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <CalicoPlugin>true</CalicoPlugin>
            <Version>1.2.3</Version>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Calico.Sdk" Version="{version}" />
            <PackageReference Include="YamlDotNet" Version="18.1.0" />
            <Content Include="data/list.txt" CopyToOutputDirectory="PreserveNewest" />
          </ItemGroup>
        </Project>
        """;
}
