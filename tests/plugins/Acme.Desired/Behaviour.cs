namespace Acme.Desired;

/// <summary>How the plugin is told to behave.</summary>
public sealed record Behaviour(string? Reconcile, string? Serve, string? Text);
