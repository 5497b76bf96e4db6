using System.Text.Json.Nodes;
using Calico.Core.Chain;
using Calico.Sdk;
using static Calico.Core.Tests.Chain.Declare;

namespace Calico.Core.Tests.Chain;

public sealed class ChainRecordTests
{
    [Fact]
    public void A_record_survives_JSON()
    {
        ChainRecord record = Plan(Plugin("p", Stage("a", StagePhase.PostFlow).OnDemand()) with
        {
            FlowFields = [Field<uint>("p", "f")],
            DropReasons = [new("p", "OVER", "over")],
        }).Record;

        ChainRecord read = ChainRecord.FromJson(record.ToJson());

        Assert.Equal(record.ToJson(), read.ToJson());
        Assert.Equal([new NumberReservation("a", 0)], read.StageBits);
        Assert.Equal([new FieldReservation("p_f", 0, 4)], read.FlowFields);
        Assert.Equal([new NumberReservation("OVER", 64)], read.DropReasons);
        Assert.Equal(["p"], read.Plugins);
    }

    [Theory]
    [InlineData("nonsense", "is not JSON")]
    [InlineData("null", "it is null")]
    [InlineData("{}", "is not JSON of the expected shape")]
    public void What_is_no_record_is_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => ChainRecord.FromJson(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("version", "2", "version 2")]
    [InlineData("colour", "1", "is not JSON of the expected shape")]
    [InlineData("stageBits", "null", "is not JSON of the expected shape")]
    [InlineData("stageBits", """[{"name":"a"}]""", "is not JSON of the expected shape")]
    [InlineData("stageBits", """[{"name":"a","number":64}]""", "outside 0 to 63")]
    [InlineData("stageBits", """[{"name":"a","number":1},{"name":"b","number":1}]""", "belongs to 'a' and 'b'")]
    [InlineData("stageBits", """[{"name":"a","number":1},{"name":"a","number":2}]""", "more than one stage bit")]
    [InlineData("dropReasons", """[{"name":"A","number":3}]""", "outside 64 to 65535")]
    [InlineData("flowFields", """[{"name":"a","offset":40,"size":16}]""", "outside 48 bytes")]
    [InlineData("flowFields", """[{"name":"a","offset":0,"size":8},{"name":"b","offset":4,"size":4}]""", "overlap")]
    public void A_damaged_record_is_refused_with_what_is_wrong(string member, string value, string expected)
    {
        JsonNode record = JsonNode.Parse(ChainRecord.Empty.ToJson())!;
        record[member] = JsonNode.Parse(value);

        FormatException error = Assert.Throws<FormatException>(() => ChainRecord.FromJson(record.ToJsonString()));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
