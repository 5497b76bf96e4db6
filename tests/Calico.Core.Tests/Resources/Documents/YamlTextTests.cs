using System.Text;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;
using CsCheck;

namespace Calico.Core.Tests.Resources.Documents;

public sealed class YamlTextTests
{
    private static string Refusal(string text, DocumentLimits? limits = null) =>
        Assert.Throws<UnreadableDocumentException>(() => YamlText.Read(text, "f.yaml", limits)).Message;

    [Fact]
    public void A_node_knows_its_line_column_and_path()
    {
        ResourceNode document = Assert.Single(YamlText.Read("spec:\n  ports:\n    - name: a\n    - name: b\n", "f.yaml"));
        var ports = (SequenceNode)((MappingNode)((MappingNode)document).Find("spec")!.Value).Find("ports")!.Value;
        ResourceNode name = ((MappingNode)ports.Items[1]).Find("name")!.Value;
        Assert.Equal("spec.ports[1].name", name.Path.ToString());
        Assert.Equal(new SourcePosition("f.yaml", 4, 13), name.Position);
    }

    [Fact]
    public void Empty_documents_are_left_out() => Assert.Equal(2, YamlText.Read("---\na: 1\n---\n# nothing\n---\nb: 2\n...\n", "f").Length);

    [Fact]
    public void An_alias_is_a_copy_under_its_own_path()
    {
        var document = (MappingNode)Assert.Single(YamlText.Read("a: &x { n: 1 }\nb: *x\n", "f"));
        ResourceNode copy = ((MappingNode)document.Find("b")!.Value).Find("n")!.Value;
        Assert.Equal("b.n", copy.Path.ToString());
        Assert.Equal(1, copy.Position.Line);
    }

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level <= 12; level++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        Assert.Contains("holds more than 1000000 values, aliases included", Refusal(text.ToString()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: &x [*x]", "the alias '*x' stands inside its own anchor")]
    [InlineData("a: *x", "the alias '*x' has no anchor before it")]
    [InlineData("a: &x 1\n---\nb: *x", "the alias '*x' has no anchor before it")]
    [InlineData("a: 1\nb:\n  <<: { c: 1 }", "f.yaml:3: merge keys ('<<') are not understood")]
    [InlineData("a: 1\nb: 2\na: 3", "f.yaml:3: the field 'a' was written before, in line 1")]
    [InlineData("[a, b]: 1", "the name of a field must be a single value")]
    [InlineData("a: !!binary aGk=", "the tag 'tag:yaml.org,2002:binary' is not understood")]
    [InlineData("a: !Include x.yaml", "the tag '!Include' is not understood")]
    [InlineData("a: [1, 2", "f.yaml:2: is not valid YAML")]
    [InlineData("a: b: c", "is not valid YAML")]
    [InlineData("a:\n\tb: 1", "is not valid YAML")]
    public void What_has_no_clear_meaning_is_refused_with_its_place(string text, string reason) =>
        Assert.Contains(reason, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_take_the_stack()
    {
        Assert.Contains("is nested deeper than 64 levels", Refusal("a: " + new string('[', 100_000)), StringComparison.Ordinal);
        Assert.Contains("is nested deeper than 64 levels", Refusal(string.Concat(Enumerable.Repeat("- ", 50_000))), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_that_aliases_build_up_is_refused()
    {
        var text = new StringBuilder("- &a0 x\n");
        for (int level = 1; level <= 80; level++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"- &a{level} [*a{level - 1}]\n");
        }

        Assert.Contains("is nested deeper than 64 levels", Refusal(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        Gen.Char["abx:-[]{}&*!|>'\"%@`#,?\n\t \u00e9~0"].Array[0, 80].Select(letters => new string(letters)).Sample(
            text =>
            {
                try
                {
                    YamlText.Read(text, "f.yaml");
                }
                catch (UnreadableDocumentException)
                {
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void Any_cut_of_a_good_file_is_read_or_refused()
    {
        string text = "apiVersion: projectcalico.org/v3\nkind: List\nitems:\n- { kind: Node, metadata: { name: \"a\" } }\n- kind: Node\n  metadata: {name: 'b'}\n  notes: |\n    lines\n";
        var parser = new DocumentParser(new ResourceKinds(CalicoKinds.All));
        for (int length = 0; length <= text.Length; length++)
        {
            try
            {
                parser.Parse(YamlText.Read(text[..length], "f.yaml"));
            }
            catch (UnreadableDocumentException)
            {
            }
        }
    }
}
