using Calico.Core.Compile;
using Scriban.Runtime;
using static Calico.Core.Tests.Compile.Rendering;

namespace Calico.Core.Tests.Compile;

public sealed class TemplateRendererTests
{
    [Fact]
    public void Every_output_line_knows_its_template_line()
    {
        var source = Render("int a;\n{{~ for i in 1..2 ~}}\nint x{{ i }};\n{{~ end ~}}\nint b;\n");

        var lines = source.Text.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i - 1].StartsWith("int x", StringComparison.Ordinal))
            {
                Assert.Equal(new SourceLine("Acme.RateLimit/bpf/a.sbn", 3, "acme.ratelimit"), source.OriginOf(i));
            }
        }

        Assert.Equal(5, source.OriginOf(Array.IndexOf(lines, "int b;") + 1).Line);
    }

    [Fact]
    public void Line_directives_name_the_template_and_small_gaps_are_blank_lines()
    {
        var source = Render("one\n{{~ if true ~}}\ntwo\n{{~ end ~}}\n{{ # 1\n # 2\n # 3\n # 4\n}}\nfar\n");

        Assert.Equal(
            "#line 1 \"Acme.RateLimit/bpf/a.sbn\"\none\n\ntwo\n#line 9 \"Acme.RateLimit/bpf/a.sbn\"\n\nfar\n",
            source.Text);
    }

    [Fact]
    public void A_line_directive_waits_for_the_end_of_a_macro()
    {
        var source = Render("#define M(x) \\\n{{~ for i in 1..2 ~}}\n\tf({{ i }}, x); \\\n{{~ end ~}}\n\tend\nint after;\n");

        Assert.Contains("#define M(x) \\\n\tf(1, x); \\\n\tf(2, x); \\\n\tend\n", source.Text, StringComparison.Ordinal);
        // Behind the macro clang has counted to 5, but the template is at 6: one blank line puts the count right.
        Assert.EndsWith("\tend\n\nint after;\n", source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_include_keeps_the_positions_of_both_templates()
    {
        var source = TemplateRenderer.Render(
            "a.sbn", Plugin(("a.sbn", "int a;\n{{~ include 'lib/b.sbn' ~}}\nint c;\n"), ("lib/b.sbn", "// b\nint {{ n }};\n")), new { N = "b" });

        Assert.Equal(
            "#line 1 \"Acme.RateLimit/bpf/a.sbn\"\nint a;\n#line 1 \"Acme.RateLimit/bpf/lib/b.sbn\"\n// b\nint b;\n#line 3 \"Acme.RateLimit/bpf/a.sbn\"\nint c;\n",
            source.Text);
    }

    [Fact]
    public void A_fragment_comes_from_its_owners_source_with_its_own_model()
    {
        var core = new InMemoryTemplates("core", "Calico.Core/bpf-templates/", [new("chain.sbn", "int core;\n{{~ fragment 'ratelimit' ~}}\nint {{ name }};\n"), new("shared.sbn", "int shared;\n")]);
        var plugin = Plugin(("stage.sbn", "{{~ include 'own.sbn' ~}}\n{{~ include 'shared.sbn' ~}}\nint {{ name }}_{{ rate }};\n"), ("own.sbn", "int own;\n"));

        var source = TemplateRenderer.Render(
            "chain.sbn", core, new { Name = "outer" },
            [new TemplateFragment("ratelimit", "stage.sbn", plugin, new ScriptObject { ["name"] = "inner", ["rate"] = 7 })]);

        var code = source.Text.Split('\n').Where(line => line.StartsWith("int", StringComparison.Ordinal));
        Assert.Equal(["int core;", "int own;", "int shared;", "int inner_7;", "int outer;"], code);
        Assert.Equal("acme.ratelimit", source.OwnerOf("Acme.RateLimit/bpf/stage.sbn"));
        Assert.Equal("core", source.OwnerOf("Calico.Core/bpf-templates/shared.sbn"));
    }

    [Fact]
    public void Rendering_does_not_change_the_callers_model()
    {
        var model = new ScriptObject { ["a"] = 1 };
        Render("{{ a = 2; b = 3 }}{{ a }}\n", model);

        Assert.Equal(1, model["a"]);
        Assert.False(model.ContainsKey("b"));
    }

    [Fact]
    public void Text_beyond_Scribans_own_limit_is_not_cut()
    {
        var source = Render("{{ for i in 1..30000 }}int some_quite_long_variable_name_{{ i }} = 0;\n{{ end }}\nend\n");

        Assert.True(source.Text.Length > 1 << 20);
        Assert.Contains("name_30000 = 0;", source.Text, StringComparison.Ordinal);
        Assert.EndsWith("end\n", source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_without_end_is_an_error()
    {
        var refusal = Refusal("{{ for i in 1..90000 }}{{ text }}{{ end }}\n", new { Text = new string('x', 200) });

        Assert.Contains("more than 8 MiB of C were rendered", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_of_a_template_print_what_they_contain()
    {
        Assert.EndsWith("\nadd(1, 2)\n", Render("{{ func add }}add({{ $0 }}, {{ $1 }}){{ end }}{{ add 1 2 }}\n").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_of_Windows_do_not_shift_lines()
    {
        var refusal = Refusal("int a;\r\nint b;\r\n{{ nope }}\r\n");

        Assert.Equal(3, refusal.Line);
    }
}
