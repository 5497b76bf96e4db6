using System.Runtime.InteropServices;
using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;
using static Calico.Core.Tests.Chain.Declare;

namespace Calico.Core.Tests.Chain;

public sealed class ReservationTests
{
    private static PluginDeclaration OnDemandStages(string id, int first, int count) =>
        Plugin(id, [.. Enumerable.Range(first, count).Select(i => Stage($"s{i:00}", StagePhase.PostFlow, (Hooks)(1 << (i % 5))).OnDemand())]);

    private static PluginDeclaration WithFields(string id, params FieldDeclaration[] fields) => Plugin(id) with { FlowFields = fields };

    private static Dictionary<string, int> Bits(ChainPlan plan) => plan.OnDemandStages.ToDictionary(stage => stage.Name, stage => stage.Bit!.Value);

    [Fact]
    public void A_stage_keeps_its_bit_when_others_come_and_go()
    {
        ChainPlan first = Plan(OnDemandStages("p", 5, 1), OnDemandStages("q", 6, 1));
        ChainPlan second = PlanFrom(first.Record, OnDemandStages("q", 6, 1), OnDemandStages("r", 1, 1));
        ChainPlan third = PlanFrom(second.Record, OnDemandStages("p", 5, 1), OnDemandStages("q", 6, 1), OnDemandStages("r", 1, 1));

        Assert.Equal(new() { ["s05"] = 0, ["s06"] = 1 }, Bits(first));
        Assert.Equal(new() { ["s06"] = 1, ["s01"] = 2 }, Bits(second));
        Assert.Equal(new() { ["s05"] = 0, ["s06"] = 1, ["s01"] = 2 }, Bits(third));
        Assert.Empty(third.Reclaimed);
    }

    [Fact]
    public void A_reservation_of_a_stage_that_is_gone_is_reclaimed_only_when_no_bit_is_left()
    {
        ChainPlan full = Plan(OnDemandStages("p", 0, 63), OnDemandStages("q", 63, 1));
        ChainPlan less = PlanFrom(full.Record, OnDemandStages("p", 0, 63));
        ChainPlan next = PlanFrom(less.Record, OnDemandStages("p", 0, 63), OnDemandStages("r", 70, 1));

        Assert.Empty(less.Reclaimed);
        Assert.Equal(63, Bits(next)["s70"]);
        Assert.Equal(new ReclaimedReservation("stage bit", "s63", "s70"), Assert.Single(next.Reclaimed));
        Assert.DoesNotContain(next.Record.StageBits, reservation => reservation.Name == "s63");
    }

    [Fact]
    public void More_than_64_on_demand_stages_are_refused()
    {
        PlanProblem problem = Problem(OnDemandStages("p", 0, 64), OnDemandStages("q", 64, 1));

        Assert.Equal("q", problem.PluginId);
        Assert.Contains("'s64' of plugin 'q' is on demand, and all 64 bits are taken", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_are_placed_by_natural_alignment_without_waste()
    {
        ChainPlan plan = Plan(WithFields("p", Field<byte>("p", "a"), Field<ulong>("p", "b"), Field<ushort>("p", "c"), Field<uint>("p", "d")));

        Assert.Equal([("p_b", 0), ("p_d", 8), ("p_c", 12), ("p_a", 14)], plan.FlowFields.Select(field => (field.CName, field.Offset)));
    }

    [Fact]
    public void A_struct_is_aligned_like_its_widest_member()
    {
        ChainPlan plan = Plan(WithFields("p", Field<byte>("p", "a"), Field<Pair>("p", "b"), Field<Packed>("p", "c"), Field<DayOfWeek>("p", "d")));

        Assert.Equal(
            [("p_b", 4), ("p_d", 4), ("p_c", 1), ("p_a", 1)],
            plan.FlowFields.Select(field => (field.CName, field.Alignment)));
    }

    [Fact]
    public void A_field_keeps_its_offset_when_others_come_and_go()
    {
        ChainPlan first = Plan(WithFields("p", Field<ulong>("p", "a")), WithFields("q", Field<ulong>("q", "b")));
        ChainPlan second = PlanFrom(first.Record, WithFields("q", Field<ulong>("q", "b")), WithFields("a", Field<FourWords>("a", "c")));

        Assert.Equal([("q_b", 8), ("a_c", 16)], second.FlowFields.Select(field => (field.CName, field.Offset)));
        Assert.Equal(["p_a", "q_b", "a_c"], second.Record.FlowFields.Select(reservation => reservation.Name));
    }

    [Fact]
    public void A_field_that_changed_its_size_gets_a_new_place()
    {
        ChainPlan first = Plan(WithFields("p", Field<uint>("p", "a")));
        ChainPlan second = PlanFrom(first.Record, WithFields("p", Field<ulong>("p", "a")));

        Assert.Equal(8, Assert.Single(second.FlowFields).Offset);
    }

    [Fact]
    public void The_room_of_a_field_that_is_gone_is_reclaimed_only_when_nothing_else_is_left()
    {
        ChainPlan full = Plan(
            WithFields("p", Field<FourWords>("p", "a"), Field<FourWords>("p", "b")), WithFields("q", Field<ulong>("q", "c"), Field<ulong>("q", "d")));
        ChainPlan next = PlanFrom(full.Record, WithFields("p", Field<FourWords>("p", "a"), Field<FourWords>("p", "b")), WithFields("r", Field<ulong>("r", "e")));

        ReclaimedReservation reclaimed = Assert.Single(next.Reclaimed);
        Assert.Equal("r_e", reclaimed.NewOwner);
        Assert.StartsWith("q_", reclaimed.Name, StringComparison.Ordinal);
        Assert.Equal(full.Record.FlowFields.Count, next.Record.FlowFields.Count);
    }

    [Fact]
    public void More_than_48_bytes_of_flow_fields_are_refused()
    {
        PlanProblem problem = Problem(
            WithFields("p", Field<FourWords>("p", "a"), Field<FourWords>("p", "b"), Field<FourWords>("p", "c")), WithFields("q", Field<byte>("q", "d")));

        Assert.Equal("q", problem.PluginId);
        Assert.Contains("the 48 bytes of all plugins together have no such room", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_32_bytes_of_packet_fields_are_refused() =>
        Assert.Contains(
            "The packet field 'c' of plugin 'p' wants 16 bytes",
            Problem(Plugin("p") with { PacketFields = [Field<FourWords>("p", "a"), Field<FourWords>("p", "b"), Field<FourWords>("p", "c")] }).Sentence,
            StringComparison.Ordinal);

    [Fact]
    public void A_field_of_more_than_16_bytes_is_refused() =>
        Assert.Contains("claims 24 bytes for the flow field 'a'", Problem(WithFields("p", Field<Large>("p", "a"))).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Drop_reasons_of_the_spine_come_first_and_those_of_plugins_keep_their_numbers()
    {
        PluginDeclaration p = Plugin("p") with { DropReasons = [new("p", "ZONED", "z")] };
        PluginDeclaration q = Plugin("q") with { DropReasons = [new("q", "ABSENT", "a")] };

        ChainPlan first = Plan(p);
        ChainPlan second = PlanFrom(first.Record, q, p);

        Assert.Equal("MALFORMED", second.DropReasons[0].Name);
        Assert.Equal(1, second.DropReasons[0].Number);
        Assert.Equal(
            [("DROP_ZONED", 64), ("DROP_ABSENT", 65)],
            second.DropReasons.Where(reason => reason.PluginId != "core").Select(reason => (reason.CName, reason.Number)));
    }

    [Fact]
    public void The_spine_has_no_more_drop_reasons_than_it_has_numbers()
    {
        Assert.True(SpineDropReasons.All.Count < ChainLimits.FirstPluginDropReason);
        Assert.Distinct(SpineDropReasons.All.Select(reason => reason.Name));
    }

    private readonly record struct Pair(uint First, ushort Second, ushort Third);

    private readonly record struct Large(ulong First, ulong Second, ulong Third);

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Packed(byte First, uint Second);

    private record struct FourWords(uint First, uint Second, uint Third, uint Fourth);
}
