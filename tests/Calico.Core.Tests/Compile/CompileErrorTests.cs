using Calico.Core.Compile;
using Scriban.Runtime;
using static Calico.Core.Tests.Compile.Rendering;

namespace Calico.Core.Tests.Compile;

/// <summary>A broken template names its own line, whichever tool finds the mistake. (The verifier's part is in Calico.Kernel.Tests.)</summary>
public sealed class CompileErrorTests(CacheFolder cache) : IClassFixture<CacheFolder>
{
    private const string Start = "#include <calico/bpf.h>\n{{~ for i in 1..3 ~}}\nstatic int f{{ i }}(void) { return {{ i }}; }\n{{~ end ~}}\n";

    private CompileException Refusal(string text) =>
        Assert.Throws<CompileException>(() => cache.Compiler().Compile(Render(text), ClangOptions.For("v3")));

    [Fact]
    public void A_syntax_error_in_C_is_at_the_templates_line()
    {
        var refusal = Refusal(Start + "int a = 1\nint b;\n");

        Assert.Equal(
            "Acme.RateLimit/bpf/a.sbn:5:10: error: expected ';' after top level declarator (in plugin acme.ratelimit)",
            refusal.Message);
    }

    [Fact]
    public void A_type_error_in_C_is_at_the_templates_line_and_all_errors_are_there()
    {
        var refusal = Refusal(Start + "\nint g(void)\n{\n\tstruct __sk_buff *s = {{ x = 5; x }};\n\n\treturn s->nope;\n}\n");

        Assert.Equal(("Acme.RateLimit/bpf/a.sbn", 8, "acme.ratelimit"), (refusal.First.File, refusal.First.Line, refusal.First.Owner));
        Assert.Contains("incompatible integer to pointer conversion", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("(and 1 more error)", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([8, 10], refusal.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Line));
    }

    [Fact]
    public void An_error_in_a_stage_is_its_plugins_though_Core_includes_it()
    {
        var core = new InMemoryTemplates("core", "Calico.Core/bpf-templates/", [new("chain.sbn", "#include <calico/bpf.h>\nint f(void)\n{\n{{ fragment 's' }}\n\treturn 0;\n}\nint g(void) { return nope; }\n")]);
        var source = TemplateRenderer.Render("chain.sbn", core, new ScriptObject(), [new TemplateFragment("s", "s.sbn", Plugin(("s.sbn", "\t;\n\twrong();\n")))]);

        var refusal = Assert.Throws<CompileException>(() => cache.Compiler().Compile(source, ClangOptions.For("v3")));

        Assert.Equal(
            [("Acme.RateLimit/bpf/s.sbn", 2, "acme.ratelimit"), ("Calico.Core/bpf-templates/chain.sbn", 7, "core")],
            refusal.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => (d.File, d.Line, d.Owner!)));
    }

    [Fact]
    public void An_error_in_a_header_names_the_header_and_its_owner()
    {
        var header = new VirtualHeader("acme/x.h", "int a;\nint a(void);\n", "Acme.RateLimit/bpf/acme/x.h", "acme.ratelimit");

        var refusal = Assert.Throws<CompileException>(() =>
            cache.Compiler().Compile(Render("#include <acme/x.h>\n"), ClangOptions.For("v3"), [header]));

        Assert.Equal(("Acme.RateLimit/bpf/acme/x.h", 2, "acme.ratelimit"), (refusal.First.File, refusal.First.Line, refusal.First.Owner));
    }

    [Fact]
    public void A_missing_header_a_warning_and_an_overflown_stack_are_errors_with_their_line()
    {
        Assert.Contains("a.sbn:2:10: error: 'nope.h' file not found", Refusal("\n#include <nope.h>\n").Message, StringComparison.Ordinal);
        Assert.Contains("unused variable 'x'", Refusal("int f(void)\n{\n\tint x;\n\treturn 0;\n}\n").Message, StringComparison.Ordinal);

        var stack = Refusal("int h(char *);\n\n\nint f(void)\n{\n\tchar a[600];\n\treturn h(a);\n}\n");
        Assert.Contains("BPF stack limit", stack.Message, StringComparison.Ordinal);
        Assert.Equal("Acme.RateLimit/bpf/a.sbn", stack.First.File);
        Assert.InRange(stack.First.Line, 4, 8);
    }

    [Fact]
    public void A_flag_that_clang_does_not_know_is_reported_as_clang_says_it()
    {
        var refusal = Assert.Throws<CompileException>(() => cache.Compiler().Compile(Render("int a;\n"), ClangOptions.For("v99")));

        Assert.Contains("unknown target CPU 'v99'", refusal.Message, StringComparison.Ordinal);
    }
}
