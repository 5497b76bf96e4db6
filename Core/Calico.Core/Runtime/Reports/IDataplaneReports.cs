namespace Calico.Core.Runtime.Reports;

/// <summary>What can be asked of a running dataplane. Thread-safe; never changes anything.</summary>
public interface IDataplaneReports
{
    /// <summary>The whole in one look.</summary>
    StatusReport Status();

    /// <summary>Every interface that has, or should have, a chain.</summary>
    IReadOnlyList<InterfaceReport> Interfaces();

    /// <summary>The chains of one interface; null where it has none.</summary>
    IReadOnlyList<ChainReport>? Chains(string interfaceName);

    /// <summary>Why each stage of a hook stands where it stands, a sentence each; null for a hook without a chain.</summary>
    IReadOnlyList<string>? Explain(string hook);

    /// <summary>What was dropped, by interface, hook and reason.</summary>
    IReadOnlyList<DropReport> Drops();

    /// <summary>Tail calls that found their slot empty.</summary>
    IReadOnlyList<MissedCallReport> MissedCalls();

    /// <summary>The plugins asked for: running, or refused and why.</summary>
    IReadOnlyList<PluginReport> Plugins();
}
