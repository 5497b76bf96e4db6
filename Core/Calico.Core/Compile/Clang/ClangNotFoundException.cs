namespace Calico.Core.Compile;

/// <summary>There is no compiler on this machine that can be used.</summary>
public sealed class ClangNotFoundException(string message) : Exception(message);
