namespace Calico.Agent.Rendering;

/// <summary>How a command's answer is written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table = 0,

    /// <summary>For programs.</summary>
    Json = 1,

    /// <summary>For people who read it all.</summary>
    Yaml = 2,
}
