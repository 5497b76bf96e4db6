using System.Globalization;
using Calico.Core.Runtime;

namespace Calico.Agent.Api;

/// <summary>The options of a reload in a request: <c>{"watchSeconds": 5, "withoutRefused": true}</c>, both optional.</summary>
internal static class ReloadBody
{
    public const string Watch = "watchSeconds";
    public const string WithoutRefused = "withoutRefused";

    /// <summary>The longest time to watch: another reload waits for as long.</summary>
    public const double LongestWatch = 600;

    /// <exception cref="CommandRefusedException">It is something else.</exception>
    public static ReloadOptions Read(IReadOnlyDictionary<string, string> body)
    {
        var options = new ReloadOptions();
        foreach ((string name, string value) in body)
        {
            options = name switch
            {
                Watch when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and <= LongestWatch =>
                    options with { Watch = TimeSpan.FromSeconds(seconds) },
                Watch => throw new CommandRefusedException($"'{Watch}' must be a number from 0 to {LongestWatch}.", isInputError: true),
                WithoutRefused when bool.TryParse(value, out bool without) => options with { RunWithoutRefused = without },
                WithoutRefused => throw new CommandRefusedException($"'{WithoutRefused}' must be true or false.", isInputError: true),
                _ => throw new CommandRefusedException($"A reload has no option '{name}'; it has {Watch} and {WithoutRefused}.", isInputError: true),
            };
        }

        return options;
    }
}
