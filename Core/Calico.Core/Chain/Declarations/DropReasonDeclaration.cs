namespace Calico.Core.Chain.Declarations;

/// <summary>A reason for which a plugin's stages drop.</summary>
/// <param name="PluginId">Who declared it; <c>core</c> for the spine's own.</param>
/// <param name="Name">UPPER_CASE; <c>DROP_NAME</c> in C.</param>
/// <param name="Sentence">What it means.</param>
public sealed record DropReasonDeclaration(string PluginId, string Name, string Sentence);
