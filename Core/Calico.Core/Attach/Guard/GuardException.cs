namespace Calico.Core.Attach;

/// <summary>The guard cannot be had as it was asked for.</summary>
public sealed class GuardException(string message, Exception? inner = null) : Exception(message, inner);
