namespace Calico.Agent.Hosting;

/// <summary>How the agent logs.</summary>
/// <param name="IsJson">Whether each line is a JSON object.</param>
/// <param name="Level">From which level on.</param>
internal sealed record LogOptions(bool IsJson, LogLevel Level);
