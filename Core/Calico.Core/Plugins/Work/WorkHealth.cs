using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Plugins;

/// <summary>How one of a plugin's tasks is doing: text only, so that nothing the plugin threw is kept. Thread-safe.</summary>
/// <param name="what">What is at fault, as the beginning of a sentence.</param>
/// <param name="consequence">What that means, as a sentence.</param>
/// <param name="log">Told of each distinct failure once.</param>
internal sealed class WorkHealth(string what, string consequence, ILogger log)
{
    // A text with a counter in it is a new text each time.
    private const int MostRemembered = 32;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _logged = new(StringComparer.Ordinal);
    private string? _reason;
    private int _failures;

    /// <summary>What is wrong now; null if nothing is.</summary>
    public string? Problem
    {
        get
        {
            lock (_gate)
            {
                return _reason is null ? null : Sentence();
            }
        }
    }

    public void Failed(string reason, string detail = "")
    {
        lock (_gate)
        {
            _failures++;
            _reason = reason;
            if (_logged.Count < MostRemembered && _logged.Add(reason))
            {
                log.LogError("{Problem} {Detail}", Sentence(), detail);
            }
        }
    }

    public void Recovered()
    {
        lock (_gate)
        {
            if (_reason is not null)
            {
                log.LogInformation("{What} works again after {Failures} failures", what, _failures);
            }

            _reason = null;
            _failures = 0;
        }
    }

    private string Sentence() =>
        $"{what} failed {(_failures == 1 ? "once" : _failures.ToString(CultureInfo.InvariantCulture) + " times")}: {_reason}{(_reason!.EndsWith('.') ? "" : ".")} {consequence}";
}
