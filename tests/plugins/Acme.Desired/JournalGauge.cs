using System.Diagnostics.Metrics;

namespace Acme.Desired;

/// <summary>An observable instrument whose callback holds the plugin.</summary>
public sealed class JournalGauge
{
    public JournalGauge(Meter meter, Journal journal) =>
        meter.CreateObservableGauge("desired.journal.lines", () => journal.Lines.Count(), null, "Lines of the journal.");
}
