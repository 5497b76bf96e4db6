namespace Calico.Agent.Api.Contracts;

/// <summary>What an agent is made of.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Sdk">The contract that plugins are held to.</param>
/// <param name="Runtime">.NET.</param>
internal sealed record AgentVersion(string Agent, string Sdk, string Runtime);
