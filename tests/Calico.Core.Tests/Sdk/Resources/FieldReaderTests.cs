using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Sdk.Resources;

public sealed class FieldReaderTests
{
    private readonly ProblemList _problems = new();

    private enum Mode
    {
        Auto,
        OnDemand,
    }

    private FieldReader Read(string text) => FieldReader.Of(Assert.Single(YamlText.Read(text, "f.yaml")), _problems);

    private string[] Problems() => [.. _problems.Problems.Select(problem => problem.ToString())];

    [Fact]
    public void What_is_absent_is_null_or_empty_and_no_problem()
    {
        FieldReader reader = Read("a: ~\nb:\n");
        Assert.Null(reader.Text("a"));
        Assert.Null(reader.Number("b", 0, 1));
        Assert.Null(reader.Boolean("c"));
        Assert.Null(reader.Enum<Mode>("d"));
        Assert.Null(reader.Network("e"));
        Assert.Null(reader.Address("f"));
        Assert.Null(reader.Node("g"));
        Assert.Empty(reader.Texts("h"));
        Assert.Empty(reader.Mappings("i"));
        Assert.Empty(reader.TextMap("j"));
        Assert.False(reader.Optional("k").IsPresent);
        Assert.Empty(Problems());
    }

    [Fact]
    public void Inside_a_missing_mapping_nothing_more_is_missing()
    {
        FieldReader inner = Read("a: 1").Required("spec").Required("inner");
        Assert.Equal("", inner.RequiredText("name"));
        Assert.Equal(["f.yaml:1: spec: is required"], Problems());
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData("0x1F", 31)]
    [InlineData("-5", -5)]
    [InlineData("0", 0)]
    public void Numbers_are_decimal_or_hexadecimal(string text, long number) => Assert.Equal(number, Read($"n: {text}").Number("n", -100, 100));

    [Theory]
    [InlineData("101")]
    [InlineData("-101")]
    [InlineData("010")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("1e1")]
    [InlineData("1_0")]
    [InlineData("\"1\"")]
    [InlineData("one")]
    [InlineData("0x")]
    [InlineData("99999999999999999999")]
    [InlineData("0xffffffffffffffff")]
    public void Other_texts_are_no_numbers_within_the_bounds(string text)
    {
        Assert.Null(Read($"n: {text}").Number("n", -100, 100));
        Assert.Contains("must be a whole number from -100 to 100, but is", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_value_is_taken_as_the_text_that_was_written()
    {
        FieldReader reader = Read("a: 1.10\nb: yes\nc: 'null'\nd: 010");
        Assert.Equal(("1.10", "yes", "null", "010"), (reader.Text("a"), reader.Text("b"), reader.Text("c"), reader.Text("d")));
    }

    [Fact]
    public void An_enum_is_read_whatever_its_case_and_never_by_number()
    {
        Assert.Equal(Mode.OnDemand, Read("m: onDemand").Enum<Mode>("m"));
        Assert.Null(Read("m: 1").Enum<Mode>("m"));
        Assert.Equal(["f.yaml:1: m: must be one of auto, onDemand, but is the value '1'"], Problems());
    }

    [Fact]
    public void Unknown_fields_are_found_in_all_mappings_that_were_read_and_once()
    {
        FieldReader reader = Read("spec:\n  name: a\n  lst:\n  - { x: 1, z: 2 }\n  free: { anything: 1 }\nstatus: { b: 1 }\nmetdata: {}\n");
        reader.Optional("metadata");
        reader.Ignore("status");
        FieldReader spec = reader.Required("spec");
        spec.RequiredText("name");
        spec.Mappings("lst").Single().Number("x", 0, 9);
        spec.Node("free");
        reader.RefuseUnknownFields();
        reader.RefuseUnknownFields();
        Assert.Equal(["f.yaml:7: metdata: is not a known field; did you mean 'metadata'?", "f.yaml:4: spec.lst[0].z: is not a known field"], Problems());
    }

    [Fact]
    public void A_field_without_effect_is_a_warning_and_only_if_it_was_written()
    {
        FieldReader reader = Read("a: 1");
        reader.WithoutEffect("a", "b");
        reader.RefuseUnknownFields();
        Assert.False(_problems.HasErrors);
        Assert.Equal(["f.yaml:1: a: is a valid field, but has no effect in this version"], Problems());
    }

    [Fact]
    public void A_message_is_one_line_of_bounded_length_whatever_was_written()
    {
        Read($"a: \"\\e[31m{new string('x', 100_000)}\\n\"\n{new string('k', 900)}: 1\n").Address("a");
        Read($"{new string('k', 900)}: 1\n").RefuseUnknownFields();
        Assert.All(Problems(), problem =>
        {
            Assert.True(problem.Length < 1000);
            Assert.DoesNotContain(problem, char.IsControl);
        });
        Assert.Equal(2, Problems().Length);
    }

    [Fact]
    public void Ten_thousand_mistakes_make_a_report_of_a_hundred_and_one()
    {
        Read($"a: [{string.Join(", ", Enumerable.Repeat("x", 10_000))}]").Networks("a");
        Assert.Equal(101, Problems().Length);
        Assert.Contains("more than 100 problems", Problems()[^1], StringComparison.Ordinal);
        Assert.True(_problems.HasErrors);
    }

    [Theory]
    [InlineData("ipNetwork", "ipNetworks")]
    [InlineData("IPNETWORKS", "ipNetworks")]
    [InlineData("interfacename", "interfaceName")]
    [InlineData("nod", "node")]
    [InlineData("colour", null)]
    public void The_name_that_was_meant_is_found_and_a_far_one_is_not_offered(string written, string? meant) =>
        Assert.Equal(meant, NearName.Find(written, ["node", "ipNetworks", "interfaceName", "mac"]));

    [Fact]
    public void A_path_with_a_dotted_name_is_quoted() =>
        Assert.Equal("metadata.labels.'app.kubernetes.io/name'[0]", ResourcePath.Root.Field("metadata").Field("labels").Field("app.kubernetes.io/name").Item(0).ToString());

    [Fact]
    public void Content_is_compared_without_regard_to_order_and_place()
    {
        ResourceNode one = YamlText.Read("a: 1\nb: [x, {c: 2}]\n", "f").Single();
        ResourceNode same = YamlText.Read("# other place\nb:\n- x\n- c: 2\na: 1\n", "g").Single();
        Assert.True(one.HasContentOf(same));
        Assert.All(new[] { "a: 1\nb: [{c: 2}, x]", "a: '1'\nb: [x, {c: 2}]", "a: 1\nb: [x, {c: 2}]\nd: 1", "a: 1", "[a]" },
            other => Assert.False(one.HasContentOf(YamlText.Read(other, "f").Single())));
    }
}
