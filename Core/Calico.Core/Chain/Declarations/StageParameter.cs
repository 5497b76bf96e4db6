namespace Calico.Core.Chain.Declarations;

/// <summary>A value that a template sees as <c>parameters.NAME</c> and its C code as <c>param_NAME</c>.</summary>
public sealed record StageParameter(string Name, long Value);
