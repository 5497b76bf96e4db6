using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;

namespace Calico.Harness.Chains;

/// <summary>A plugin without an assembly: what it declares, and its templates as text by file name.</summary>
public sealed record HarnessPlugin(PluginDeclaration Declaration, IReadOnlyDictionary<string, string> Templates)
{
    /// <summary>A plugin of stages whose template is the body of the stage function.</summary>
    public static HarnessPlugin Of(string id, params (StageDeclaration Stage, string Body)[] stages) => new(
        new PluginDeclaration(id) { Stages = [.. stages.Select(stage => stage.Stage with { PluginId = id })] },
        stages.ToDictionary(
            stage => stage.Stage.Template,
            stage => $"/* SPDX-License-Identifier: Apache-2.0 */\nSTAGE({stage.Stage.Name})\n{{\n{stage.Body}\n}}\n"));

    internal ITemplateSource Source => new InMemoryTemplates(Declaration.Id, $"{Declaration.Id}/bpf/", Templates);
}
