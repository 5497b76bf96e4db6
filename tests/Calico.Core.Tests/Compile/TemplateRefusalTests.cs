using Calico.Core.Compile;
using static Calico.Core.Tests.Compile.Rendering;

namespace Calico.Core.Tests.Compile;

public sealed class TemplateRefusalTests
{
    private sealed record Bucket(string Name, int Count, int? Missing, double Ratio, bool Enabled, int[] Slots);

    private static readonly object Model = new
    {
        PacketRate = 5,
        Bucket = new Bucket("b", 1, null, 1.5, true, [1]),
        State = DayOfWeek.Monday,
    };

    [Fact]
    public void An_unknown_variable_is_named_with_its_line_and_plugin_and_a_near_name()
    {
        var refusal = Refusal("int a;\nint b = {{ paket_rate }};\n", Model);

        Assert.Equal(
            "Acme.RateLimit/bpf/a.sbn:2:12: error: unknown variable 'paket_rate' (in plugin acme.ratelimit); perhaps 'packet_rate' was meant.",
            refusal.Message);
    }

    [Fact]
    public void An_unknown_member_is_refused_with_a_near_name()
    {
        var refusal = Refusal("{{ bucket.cuont }}\n", Model);

        Assert.Equal(1, refusal.Line);
        Assert.Contains("there is no 'cuont' here", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("perhaps 'count' was meant", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_syntax_error_is_at_its_line()
    {
        var refusal = Refusal("int a;\n{{ for x in }}\n{{ end }}\n");

        Assert.Equal(("Acme.RateLimit/bpf/a.sbn", 2), (refusal.File, refusal.Line));
    }

    [Theory]
    [InlineData("{{ bucket.missing }}", "null would be printed")]
    [InlineData("x{{ 'a' + bucket.missing }}", "null would be made into text")]
    [InlineData("{{ bucket.ratio }}", "the fraction 1.5 would be printed")]
    [InlineData("{{ 7 / packet_rate }}", "the fraction 1.4 would be printed")]
    [InlineData("{{ 'a' + bucket.ratio }}", "the fraction 1.5 would be made into text")]
    [InlineData("{{ bucket.enabled }}", "'True' would be printed")]
    [InlineData("{{ bucket.slots }}", "a list would be printed")]
    [InlineData("{{ bucket }}", "a object (Bucket) would be printed")]
    [InlineData("{{ state }}", "DayOfWeek.Monday")]
    [InlineData("{{ if packet_rate }}x{{ end }}", "a number is not a condition")]
    [InlineData("{{ if bucket.name }}x{{ end }}", "a text is not a condition")]
    [InlineData("{{ if bucket.slots }}x{{ end }}", "a list is not a condition")]
    [InlineData("{{ packet_rate && true ? 1 : 2 }}", "a number is not a condition")]
    [InlineData("{{ if !packet_rate }}x{{ end }}", "a number is not a condition")]
    [InlineData("int x[1][1] = {{0}};", "prints only the constant")]
    [InlineData("int x[1][1] = {{ -1 }};", "prints only the constant")]
    [InlineData("int x[1][2] = {{[0, 0]}};", "prints only the constant")]
    [InlineData("struct s x[1] = {{}};", "is empty")]
    [InlineData("struct s x[1] = {{ .a = 1 }};", "Unexpected token")]
    [InlineData("struct s x[1] = {{ MACRO }};", "unknown variable 'MACRO'")]
    [InlineData("{{ x = 0xffffffff }}", "Scriban reads the literal as -1")]
    [InlineData("{{ if packet_rate == 0xffffffffffff0000 }}{{ end }}", "Scriban reads the literal as -65536")]
    [InlineData("{{ include 'nope.sbn' }}", "there is no template 'nope.sbn' to include")]
    [InlineData("{{ fragment 'nope' }}", "there is no fragment 'nope'")]
    [InlineData("{{ include 'a.sbn' }}", "include each other")]
    [InlineData("#line 3 \"x.c\"", "the renderer writes the '#line' directives")]
    [InlineData("{{ date.now }}", "unknown variable 'date'")]
    [InlineData("{{ math.random 1 2 }}", "there is no 'random' here")]
    [InlineData("int y = {{ packet_rate -}}\n;", "'-}}' joins the next line")]
    [InlineData("int y =\n{{- packet_rate }};", "'{{-' joins this line")]
    [InlineData("int y = {{ packet_rate ~}}\n;", "'~}}' joins the next line")]
    [InlineData("{{~ packet_rate ~}}\n;", "'~}}' behind a printed value joins the next line")]
    public void What_would_become_wrong_C_is_refused(string text, string problem)
    {
        var refusal = Refusal("int first;\n" + text + "\n", Model);

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Line, 2, 3);
        Assert.Equal("acme.ratelimit", refusal.Owner);
    }

    [Fact]
    public void An_error_inside_a_fragment_is_the_plugins_and_not_Cores()
    {
        var core = new InMemoryTemplates("core", "Calico.Core/bpf-templates/", [new("chain.sbn", "\n\n{{ fragment 's' }}\n")]);

        var refusal = Assert.Throws<TemplateException>(() => TemplateRenderer.Render(
            "chain.sbn", core, null, [new TemplateFragment("s", "s.sbn", Plugin(("s.sbn", "int a;\n{{ nope }}\n")))]));

        Assert.Equal(("Acme.RateLimit/bpf/s.sbn", 2, "acme.ratelimit"), (refusal.File, refusal.Line, refusal.Owner));
    }

    [Fact]
    public void A_template_that_does_not_exist_is_named_with_a_near_one()
    {
        var refusal = Assert.Throws<TemplateException>(() => TemplateRenderer.Render("b.sbn", Plugin(("a.sbn", ""))));

        Assert.Contains("there is no template 'b.sbn'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'a.sbn'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ if bucket.slots.size > 0 }}yes{{ end }}", "yes")]
    [InlineData("{{ bucket.enabled ? 1 : 0 }}", "1")]
    [InlineData("{{ bucket.missing ?? 3 }}", "3")]
    [InlineData("{{ 7 // packet_rate }}", "1")]
    [InlineData("{{ '{{' }} 0 {{ '}}' }}", "{{ 0 }}")]
    [InlineData("{{ bucket.slots | array.join ', ' }}", "1, ")]
    [InlineData("{{ -packet_rate }}", "-5")]
    [InlineData("{{ x = 0x7fffffff }}{{ x }}", "2147483647")]
    [InlineData("{{ bucket.name | string.upcase }}", "B")]
    [InlineData("{{ if bucket.missing == null }}none{{ end }}", "none")]
    public void What_is_right_passes(string text, string output) =>
        Assert.Contains(output.TrimEnd(',', ' '), Render(text + "\n", Model).Text, StringComparison.Ordinal);
}
