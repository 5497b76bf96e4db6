namespace Calico.Sdk.Resources;

/// <summary>The name that an orchestrator knows a node by.</summary>
/// <param name="Orchestrator">The orchestrator, such as <c>k8s</c>.</param>
/// <param name="NodeName">The node's name there; null if it is the same.</param>
public sealed record OrchestratorReference(string Orchestrator, string? NodeName)
{
    internal static OrchestratorReference Read(FieldReader entry) => new(entry.RequiredText("orchestrator"), entry.Text("nodeName"));
}
