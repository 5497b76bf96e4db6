namespace Calico.Core.Compile;

/// <summary>A C# type has no C declaration of the same layout; the message names the type and field and says what to do.</summary>
public sealed class CTypeException(Type type, string problem, string advice)
    : Exception($"{CNames.Readable(type)}: {problem}; {advice}.")
{
    /// <summary>The type that was asked for, or the nested one at fault.</summary>
    public Type Type { get; } = type;
}
