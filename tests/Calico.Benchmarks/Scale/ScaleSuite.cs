using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.Scale;

/// <summary>
/// <c>scale/…</c>: endpoints 2 to 500 of one interface class, with the real agent: from the moment when it sees their
/// interfaces and resources until all have their chain. Beside it the kernel's own attach calls, whose time is taken off.
/// </summary>
internal sealed class ScaleSuite : Suite
{
    private const string Time = "scale/endpoints-500";
    private const string Memory = "scale/endpoints-500-memory";
    private const string Whole = "the whole, attach calls included";
    private const string Bare = "the kernel's own attach calls";
    private const int Last = 500;
    private const int BareInterfaces = 50;

    public override IReadOnlyList<string> Ids => [Time, Memory];

    public override IEnumerable<Row> Run(Predicate<string> wanted, int passes, Action<string> progress)
    {
        progress("starting an agent for scale/…");
        var (whole, bare, own, memory) = (new Series(), new Series(), new Series(), new Series());
        using (var node = new ScaleNode())
        {
            node.AddUnseen(1, 1);
            node.Serve(1);
            for (var pass = 0; pass < passes; pass++)
            {
                progress($"{Time}, pass {pass + 1} of {passes}");
                var kernel = BareAttachment.Milliseconds(BareInterfaces);
                node.AddUnseen(2, Last - 1);
                var before = KernelMemory.KiB;
                var spent = node.Serve(Last).TotalMilliseconds / (Last - 1);
                memory.Add((KernelMemory.KiB - before) / (Last - 1));
                kernel = (kernel + BareAttachment.Milliseconds(BareInterfaces)) / 2;
                whole.Add(spent);
                bare.Add(kernel);
                own.Add(Math.Max(0, spent - kernel));
                node.Remove(2, Last - 1, left: 1);
            }
        }

        List<Row> rows = [];
        if (wanted(Time))
        {
            var figure = Figure.Of(own);
            rows.Add(new Row(Time, "ms", figure.Min, figure.Median, null, passes, new Dictionary<string, Figure>
            {
                [Whole] = Figure.Of(whole),
                [Bare] = Figure.Of(bare),
            }));
        }

        if (wanted(Memory))
        {
            var figure = Figure.Of(memory);
            rows.Add(new Row(Memory, "KiB", figure.Min, figure.Median, null, passes, new Dictionary<string, Figure>()));
        }

        return rows;
    }
}
