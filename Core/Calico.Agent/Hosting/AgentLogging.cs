using Microsoft.Extensions.Logging.Console;

namespace Calico.Agent.Hosting;

/// <summary>Logging to the console: a line each, as text or as JSON.</summary>
internal static class AgentLogging
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";

    public static void Configure(ILoggingBuilder builder, LogOptions logging)
    {
        builder.SetMinimumLevel(logging.Level);
        // The API's own server speaks of connections and requests; only its warnings concern an operator.
        builder.AddFilter("Microsoft", LogLevel.Warning);
        if (logging.IsJson)
        {
            builder.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = TimeFormat.TrimEnd();
            });
        }
        else
        {
            builder.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = TimeFormat;
                options.ColorBehavior = Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
            });
        }
    }
}
