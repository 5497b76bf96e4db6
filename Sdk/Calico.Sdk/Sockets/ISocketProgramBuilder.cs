namespace Calico.Sdk;

/// <summary>Says more about a socket program. For <see cref="IDataplanePlugin.Configure"/> only.</summary>
public interface ISocketProgramBuilder
{
    /// <summary>The program's name.</summary>
    string Name { get; }

    /// <summary>Its template below the plugin's <c>bpf/</c> folder; without this call <c>NAME.bpf.c.sbn</c>.</summary>
    /// <param name="name">The file, as it lies in that folder.</param>
    /// <exception cref="Exception">It is no such name; the message says what to do. Let it pass: the plugin is refused with it.</exception>
    ISocketProgramBuilder Template(string name);

    /// <summary>
    /// Gives the template a constant: <c>parameters.NAME</c> in Scriban, <c>param_NAME</c> in C. Another value is another
    /// generation; what changes while the node runs belongs into a map.
    /// </summary>
    /// <param name="name">Lower-case letters, digits and underscores; once a program.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="Exception">The name is wrong or given already; the message says what to do.</exception>
    ISocketProgramBuilder Parameter(string name, long value);
}
