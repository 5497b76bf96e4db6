using System.Runtime.CompilerServices;
using Calico.Sdk;

namespace Example.XdpBlocklist;

/// <summary>Runs <c>calico blocklist</c>.</summary>
internal sealed class ShowBlocklist(IPluginMaps maps, BlocklistMaps handles, Blocklist list) : ICommandHandler<BlocklistRow>
{
    public async IAsyncEnumerable<BlocklistRow> RunAsync(CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Row("IPv4 addresses", maps.Open(handles.AddressesV4).Count(), BlocklistPart.AddressesV4);
        yield return Row("IPv4 prefixes", maps.Open(handles.PrefixesV4).Count(), BlocklistPart.PrefixesV4);
        yield return Row("IPv6 addresses", maps.Open(handles.AddressesV6).Count(), BlocklistPart.AddressesV6);
        yield return Row("IPv6 prefixes", maps.Open(handles.PrefixesV6).Count(), BlocklistPart.PrefixesV6);
        await Task.CompletedTask;
    }

    private BlocklistRow Row(string part, long entries, BlocklistPart counter) => new(
        part,
        entries,
        maps.Open(handles.Dropped).GetPerCpu((uint)counter)!.Aggregate(0UL, (sum, count) => sum + count),
        list.Last?.At,
        list.Last?.BadCount ?? 0);
}

/// <summary>Runs <c>calico blocklist-problems</c>.</summary>
internal sealed class ShowBadLines(Blocklist list) : ICommandHandler<BadLineRow>
{
    public async IAsyncEnumerable<BadLineRow> RunAsync(CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (BadLine bad in list.Last?.Bad ?? [])
        {
            yield return new BadLineRow(bad.Line, bad.Text, bad.Reason);
        }

        await Task.CompletedTask;
    }
}
