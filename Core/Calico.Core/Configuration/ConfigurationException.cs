using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>The configuration cannot be used. The message has one line for each thing to correct.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException(IEnumerable<ResourceProblem> problems)
        : this([.. problems])
    {
    }

    private ConfigurationException(ImmutableArray<ResourceProblem> problems)
        : base(string.Join('\n', problems))
    {
        Problems = problems;
    }

    /// <summary>All that is wrong, each as <c>file:line: member: reason</c>.</summary>
    public ImmutableArray<ResourceProblem> Problems { get; }
}
