namespace Calico.Agent.Hosting;

/// <summary>The agent cannot start; the sentence says why and what to do.</summary>
internal sealed class AgentStartException(string sentence) : Exception(sentence);
