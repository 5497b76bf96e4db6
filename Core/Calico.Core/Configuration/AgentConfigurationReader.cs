using System.Buffers;
using System.Collections.Immutable;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>Reads <c>agent.yaml</c>: by hand, so that every mistake gets its line, and before anything of the host is built.</summary>
public static class AgentConfigurationReader
{
    private const string DefaultResourceFolder = "/etc/calico-sdk/resources";
    private const long MaxFileBytes = 1024 * 1024;
    private const int LongestInstance = 32;
    private const int LongestNodeName = 253;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    // The instance is a folder of the bpf file system, which allows no dots in names.
    private static readonly SearchValues<char> InstanceCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly DocumentLimits Limits = new() { MaxNodes = 100_000 };

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read or holds mistakes; all of them are listed.</exception>
    public static AgentConfiguration Load(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        try
        {
            var info = new FileInfo(file);
            if (info.Exists && info.Length > MaxFileBytes)
            {
                throw Failure(file, $"is larger than {MaxFileBytes / 1024} KiB, so it is hardly a configuration");
            }

            return Read(System.IO.File.ReadAllText(file), file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failure(file, "does not exist; write one (examples/agent.yaml explains each field) or name another with --config");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failure(file, $"cannot be read: {error.Message}");
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">The file it came from: named in messages, and where relative paths start.</param>
    /// <exception cref="ConfigurationException">The text holds mistakes; all of them are listed.</exception>
    public static AgentConfiguration Read(string text, string file)
    {
        var problems = new ProblemList();
        FieldReader agent = Open(text, file, problems);
        AgentConfiguration configuration = Read(agent, file);
        agent.RefuseUnknownFields();
        return problems.HasErrors
            ? throw new ConfigurationException(problems.Problems.OrderBy(problem => problem.Position.Line))
            : configuration;
    }

    private static FieldReader Open(string text, string file, ProblemList problems)
    {
        ImmutableArray<ResourceNode> documents;
        try
        {
            documents = YamlText.Read(text, file, Limits);
        }
        catch (UnreadableDocumentException error)
        {
            throw new ConfigurationException([error.Problem]);
        }

        if (documents.Length > 1)
        {
            problems.Error(documents[1].Position, "", "is a second document; a configuration has one");
        }

        return documents.Length == 0
            ? FieldReader.Empty(new SourcePosition(file, 0, 0), problems)
            : FieldReader.Of(documents[0], problems);
    }

    private static AgentConfiguration Read(FieldReader agent, string file)
    {
        var folder = new ConfigurationFolder(file);
        string instance = ReadName(agent, "instance", LongestInstance, InstanceCharacters) ?? "default";
        return new AgentConfiguration
        {
            File = file,
            Instance = instance,
#pragma warning disable CA1308 // Names of nodes are lower case, as Kubernetes makes them.
            NodeName = ReadName(agent, "node", LongestNodeName, NameCharacters) ?? Environment.MachineName.ToLowerInvariant(),
#pragma warning restore CA1308
            Interfaces = InterfaceConfiguration.Read(agent.Optional("interfaces")),
            Attach = AttachConfiguration.Read(agent.Optional("attach"), folder),
            Plugins = PluginConfiguration.ReadAll(agent, folder),
            ResourceFolder = folder.Path(agent, "resources") ?? DefaultResourceFolder,
            FlowTable = FlowTableConfiguration.Read(agent.Optional("flowTable")),
            Mark = MarkConfiguration.Read(agent.Optional("mark")),
            HostRouting = agent.Boolean("hostRouting") ?? false,
            Dhcp = agent.Boolean("dhcp") ?? false,
            Guard = agent.Enum<GuardMode>("guard") ?? GuardMode.Auto,
            Paths = PathConfiguration.Read(agent.Optional("paths"), instance, folder),
        };
    }

    private static string? ReadName(FieldReader agent, string field, int longest, SearchValues<char> characters)
    {
        string? name = agent.Text(field);
        if (name is null)
        {
            return null;
        }

        if (name.Length == 0 || name.Length > longest || name.AsSpan().ContainsAnyExcept(characters)
            || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
        {
            agent.Error(field, $"'{name}' is not a name: at most {longest} lower-case letters, digits{(characters.Contains('.') ? ", '.'" : "")} and '-', between letters or digits");
            return null;
        }

        return name;
    }

    private static ConfigurationException Failure(string file, string reason) =>
        new([new ResourceProblem(ProblemSeverity.Error, new SourcePosition(file, 0, 0), "", reason)]);
}
