using Calico.Core.Resources;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Resources;

/// <summary>Short texts of resources, for tests of what happens to them.</summary>
internal static class Resource
{
    public static ResourceKey NodeKey(string name) => new("projectcalico.org/v3", "Node", null, name);

    public static string Node(string name, string zone = "a") =>
        $"apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {{ name: {name}, labels: {{ zone: {zone} }} }}\n";

    public static string BadNode(string name) =>
        $"apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {{ name: {name} }}\nspec: {{ bgp: {{ ipv4Address: 300.1.1.1 }} }}\n";

    public static string Documents(params string[] documents) => string.Join("---\n", documents);

    public static ResourceStore Store() => new(CalicoKinds.All, []);

    public static ResourceSnapshot Put(this ResourceStore store, string file, params string[] documents) =>
        store.Apply("test", new SourceBatch(false, [new OriginRead(file, YamlText.Read(Documents(documents), file))]));

    public static ResourceSnapshot Break(this ResourceStore store, string file) =>
        store.Apply("test", new SourceBatch(false, [new OriginUnreadable(file, new ResourceProblem(ProblemSeverity.Error, new SourcePosition(file, 3, 1), "", "is not valid YAML"))]));

    public static ResourceSnapshot Remove(this ResourceStore store, string file) => store.Apply("test", new SourceBatch(false, [new OriginGone(file)]));

    public static string? Zone(this ResourceSnapshot snapshot, string node) => snapshot.Get<Node>(NodeKey(node))?.Metadata.Labels["zone"];

    public static string[] Names(this ResourceSnapshot snapshot) => [.. snapshot.Held.Select(held => held.Key.Name)];

    public static string[] Reasons(this ResourceSnapshot snapshot) => [.. snapshot.Refused.SelectMany(refused => refused.Problems).Select(problem => problem.ToString())];
}
