namespace Calico.Sdk.Testing;

/// <summary>What a plugin under test is given.</summary>
public sealed class PluginSetup
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    internal PluginSetup()
    {
    }

    internal IReadOnlyDictionary<string, string> Options => _options;

    /// <summary>Gives the plugin an option, as an operator would.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="value">Its text.</param>
    public PluginSetup Option(string name, string value)
    {
        _options[name] = value;
        return this;
    }
}
