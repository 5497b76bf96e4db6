using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Example.XdpBlocklist;

/// <summary>Drops packets from listed sources on the wire, before the kernel makes a socket buffer of them.</summary>
[DataplanePlugin("xdp-blocklist", Description = "Drops packets whose source address is listed in a text file.")]
public sealed class XdpBlocklistPlugin : IDataplanePlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        var settings = new BlocklistSettings(
            plugin.Options.RequiredText("file", "The list: one address or prefix a line, '#' begins a comment."),
            plugin.Options.Duration("poll", TimeSpan.FromSeconds(2), "How often the file is looked at for a change.", min: TimeSpan.FromMilliseconds(100)));
        var room = (uint)plugin.Options.Number(
            "maxEntries", 1_000_000, "Room for so many addresses, and as many prefixes, of each IP version.", min: 1, max: 20_000_000);

        // Most of a list are single addresses, and a hash finds one in a tenth of a trie's time. Memory is taken entry by entry.
        var maps = new BlocklistMaps(
            plugin.Map<uint, uint>("addresses_v4", MapKind.Hash, room, noPreallocation: true),
            plugin.Map<PrefixV4, uint>("prefixes_v4", MapKind.LpmTrie, room),
            plugin.Map<AddressV6, uint>("addresses_v6", MapKind.Hash, room, noPreallocation: true),
            plugin.Map<PrefixV6, uint>("prefixes_v6", MapKind.LpmTrie, room),
            plugin.Map<uint, ulong>("dropped", MapKind.PerCpuArray, (uint)Enum.GetValues<BlocklistPart>().Length));
        plugin.DropReason("BLOCKLISTED", "its source address is on the blocklist");
        plugin.Stage("blocklist", StagePhase.PreFlow).On(Hooks.Xdp)
            .Parameter("addresses_v4", (long)BlocklistPart.AddressesV4)
            .Parameter("prefixes_v4", (long)BlocklistPart.PrefixesV4)
            .Parameter("addresses_v6", (long)BlocklistPart.AddressesV6)
            .Parameter("prefixes_v6", (long)BlocklistPart.PrefixesV6);

        plugin.Services.AddSingleton(settings);
        plugin.Services.AddSingleton(maps);
        plugin.Services.TryAddSingleton(TimeProvider.System);
        plugin.Services.AddSingleton<Blocklist>();
        plugin.Service<BlocklistWatcher>();
        plugin.Command<ShowBlocklist, BlocklistRow>("blocklist", "What is blocked, and how much it has stopped.", BlocklistJson.Default.BlocklistRow);
        plugin.Command<ShowBadLines, BadLineRow>("blocklist-problems", "Lines of the list that could not be read.", BlocklistJson.Default.BadLineRow);
    }
}
