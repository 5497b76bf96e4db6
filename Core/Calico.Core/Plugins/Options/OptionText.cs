using Calico.Sdk.Resources;

namespace Calico.Core.Plugins;

/// <summary>Options that come from code and not from a file: for embedders and tests.</summary>
public static class OptionText
{
    /// <summary>Single values; a list is a <see cref="SequenceNode"/> that the caller makes.</summary>
    /// <param name="values">Option name to text, as it would stand in YAML without quotes.</param>
    /// <param name="source">What a message about them names instead of a file, such as <c>AddCalicoDataplane</c>.</param>
    public static MappingNode Of(IEnumerable<KeyValuePair<string, string>> values, string source)
    {
        ArgumentNullException.ThrowIfNull(values);
        var position = new SourcePosition(source, 0, 0);
        ResourcePath options = ResourcePath.Root.Field("options");
        return new MappingNode(
            [.. values.Select(value => new MappingField(
                value.Key, position, new ScalarNode(value.Value, isQuoted: false, position, options.Field(value.Key))))],
            position,
            options);
    }
}
