using Calico.Core.Chain;

namespace Calico.Core.Runtime.Generations;

/// <summary>A generation that is loaded and not in force yet.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="Refused">The plugins that it is without, and why.</param>
/// <param name="Timings">How long each step took.</param>
public sealed record BuiltGeneration(
    Generation Generation, IReadOnlyList<RefusedPlugin> Refused, GenerationTimings Timings);

/// <summary>A plugin that the chain is built without.</summary>
/// <param name="PluginId">The plugin.</param>
/// <param name="Reason">What happened, where and what to do.</param>
/// <param name="Detail">The verifier's or the compiler's whole log, for those who ask.</param>
public sealed record RefusedPlugin(string PluginId, string Reason, string Detail = "");

/// <summary>How long building took.</summary>
public sealed record GenerationTimings(TimeSpan Plan, TimeSpan Render, TimeSpan Compile, TimeSpan Load);
