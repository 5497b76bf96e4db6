using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <summary>Collects what a plugin says about one socket program.</summary>
internal sealed class SocketProgramBuilder(PluginBuilder plugin, SocketProgramDeclaration program) : ISocketProgramBuilder
{
    private SocketProgramDeclaration _program = program;

    public string Name => _program.Name;

    public ISocketProgramBuilder Template(string name)
    {
        bool clean = !string.IsNullOrWhiteSpace(name) && !name.StartsWith('/') && !name.Split('/').Contains("..");
        return Set(clean ? null : $"'{name}' is not a template's name. Give it as it is below the bpf/ folder of the project.", _program with { Template = name });
    }

    public ISocketProgramBuilder Parameter(string name, long value) => Set(
        NameRules.ExplainSnakeCase(name) is { } wrong ? $"the parameter '{name}': {wrong}"
            : _program.Parameters.Any(known => known.Name == name) ? $"the parameter '{name}' is given already. Take another name."
            : null,
        _program with { Parameters = [.. _program.Parameters, new StageParameter(name, value)] });

    /// <summary>Checks what depends on calls that may come in any order.</summary>
    public SocketProgramDeclaration Finish(ITemplateSource templates)
    {
        if (!templates.Names.Contains(_program.Template))
        {
            string known = templates.Names.Count == 0 ? "it embeds none" : "it has " + string.Join(", ", templates.Names);
            StageBuilder.ThrowIf($"the assembly has no template 'bpf/{_program.Template}' ({known}). Put the file into the project's bpf/ folder, or name it with Template().", Where);
        }

        return _program;
    }

    private string Where => $"The socket program '{Name}'";

    private SocketProgramBuilder Set(string? wrong, SocketProgramDeclaration changed)
    {
        plugin.EnsureOpen();
        StageBuilder.ThrowIf(wrong, Where);
        _program = changed;
        return this;
    }
}
