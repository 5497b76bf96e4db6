using Calico.Sdk.Net;

namespace Calico.Sdk;

/// <summary>
/// Declares a plugin's options and reads what the operator wrote under <c>plugins[].options</c> of <c>agent.yaml</c>:
/// one call does both.
/// </summary>
/// <remarks>
/// <para>
/// Not thread-safe; used inside <see cref="IDataplanePlugin.Configure"/> only. What an operator wrote wrongly (another
/// type, out of range, a required option that is missing, an option that nobody declared) throws nothing here: a harmless
/// value is returned, so that all mistakes are found at once, and when <see cref="IDataplanePlugin.Configure"/> has
/// ended the plugin is quarantined with each mistake's file, line, field and what would be right.
/// </para>
/// <para>
/// An option's name begins with a lower-case letter and has letters, digits and hyphens, at most 48: <c>packetsPerSecond</c>.
/// A name that breaks this, an option declared twice and a default that its own range excludes are the plugin's mistake:
/// <see cref="ArgumentException"/>.
/// </para>
/// <para>An option reaches a template through <see cref="IStageBuilder.Parameter"/>.</para>
/// </remarks>
public interface IPluginOptions
{
    /// <summary>A whole number, decimal or hexadecimal (<c>0x…</c>).</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="default">The value where the operator gives none.</param>
    /// <param name="description">One sentence for the operator, with the unit.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    long Number(string name, long @default, string description, long min = long.MinValue, long max = long.MaxValue);

    /// <summary>A whole number that the operator must give.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">One sentence for the operator, with the unit.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    long RequiredNumber(string name, string description, long min = long.MinValue, long max = long.MaxValue);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="default">The value where the operator gives none.</param>
    /// <param name="description">One sentence for the operator.</param>
    bool Flag(string name, bool @default, string description);

    /// <summary>A text; a plain number or boolean is taken as it was written.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="default">The value where the operator gives none.</param>
    /// <param name="description">One sentence for the operator.</param>
    string Text(string name, string @default, string description);

    /// <summary>A text that the operator must give, and that is not empty.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">One sentence for the operator.</param>
    string RequiredText(string name, string description);

    /// <summary>A list of texts; empty where the operator gives none.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">One sentence for the operator.</param>
    IReadOnlyList<string> Texts(string name, string description);

    /// <summary>A list of at least one text.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">One sentence for the operator.</param>
    IReadOnlyList<string> RequiredTexts(string name, string description);

    /// <summary>A length of time: a whole number and <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>, such as <c>100ms</c>.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="default">The value where the operator gives none.</param>
    /// <param name="description">One sentence for the operator.</param>
    /// <param name="min">The shortest allowed; null: 0.</param>
    /// <param name="max">The longest allowed; null: 10,000 days.</param>
    TimeSpan Duration(string name, TimeSpan @default, string description, TimeSpan? min = null, TimeSpan? max = null);

    /// <summary>A length of time that the operator must give.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">One sentence for the operator.</param>
    /// <param name="min">The shortest allowed; null: 0.</param>
    /// <param name="max">The longest allowed; null: 10,000 days.</param>
    TimeSpan RequiredDuration(string name, string description, TimeSpan? min = null, TimeSpan? max = null);

    /// <summary>One of an enum's members; the operator writes <c>DropAll</c> as <c>drop-all</c>.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="name">The option's name.</param>
    /// <param name="default">The value where the operator gives none.</param>
    /// <param name="description">One sentence for the operator.</param>
    T Choice<T>(string name, T @default, string description)
        where T : struct, Enum;

    /// <summary>One of an enum's members, which the operator must give.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="name">The option's name.</param>
    /// <param name="description">One sentence for the operator.</param>
    T RequiredChoice<T>(string name, string description)
        where T : struct, Enum;

    /// <summary>A network as <c>address/prefix</c>; null where neither the operator nor the default gives one.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="default">The value where the operator gives none.</param>
    /// <param name="description">One sentence for the operator.</param>
    IpNetwork? Network(string name, IpNetwork? @default, string description);

    /// <summary>A network that the operator must give.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">One sentence for the operator.</param>
    IpNetwork RequiredNetwork(string name, string description);

    /// <summary>A list of networks; empty where the operator gives none.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">One sentence for the operator.</param>
    IReadOnlyList<IpNetwork> Networks(string name, string description);
}
