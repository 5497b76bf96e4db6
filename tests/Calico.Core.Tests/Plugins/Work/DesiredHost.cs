using System.Collections.Concurrent;
using System.Text.Json;
using Calico.Core.Plugins;
using Calico.Core.Resources;
using Calico.Core.Runtime;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Tests.Plugins.Work;

/// <summary>A host with a store of resources, and the plugin that writes down what it is told.</summary>
internal sealed class DesiredHost : IAsyncDisposable
{
    private readonly List<PluginSet> _sets = [];

    public DesiredHost()
    {
        Store.ExpectKinds();
        Plugins = new PluginHost(TestHost.Services with { Loggers = Log, FeedOf = own => Store.FeedFor(own) });
        Activity = new PluginActivity(Store, Log);
    }

    public ResourceStore Store { get; } = new(CalicoKinds.All, []);

    public LogLines Log { get; } = new();

    public PluginHost Plugins { get; }

    public PluginActivity Activity { get; }

    /// <summary>Loads the plugin "desired", with other folders after it, and starts what it does.</summary>
    public async Task<PluginSet> StartAsync(TimeSpan patience, IReadOnlyList<string> others, params (string Name, string Value)[] options)
    {
        PluginSet set = await Plugins.LoadAsync(new PluginRequest([BuiltPlugin.Desired, .. others])
        {
            Options = new Dictionary<string, MappingNode>
            {
                ["desired"] = OptionText.Of(options.Select(option => KeyValuePair.Create(option.Name, option.Value)), "the test"),
            },
            Patience = patience,
        });
        _sets.Add(set);
        Activity.Use(set);
        await Activity.StartAsync(set, TestContext.Current.CancellationToken);
        return set;
    }

    public Task<PluginSet> StartAsync(params (string Name, string Value)[] options) => StartAsync(TimeSpan.FromSeconds(30), [], options);

    /// <summary>What happened to the plugin.</summary>
    public static async Task<string[]> Journal(PluginSet set) =>
        [.. (await Commands.RunToEnd(set.Commands.Single(command => command.Name == "journal"))).Select(row => JsonDocument.Parse(row).RootElement.GetProperty("line").GetString()!)];

    public static async Task<string[]> JournalWhen(PluginSet set, Func<string[], bool> isEnough)
    {
        while (true)
        {
            string[] lines = await Journal(set);
            if (isEnough(lines))
            {
                return lines;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static async Task Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public ResourceSnapshot Wish(params (string Name, string Value)[] wishes) => Store.Apply("test", new SourceBatch(true, [.. wishes.Select(wish => new Calico.Core.Resources.Documents.DocumentReader().Read(
        $"{wish.Name}.yaml", $"apiVersion: acme.example/v1\nkind: Wish\nmetadata: {{ name: {wish.Name} }}\nspec:\n  value: {wish.Value}\n"))]));

    public async ValueTask DisposeAsync()
    {
        foreach (PluginSet set in _sets)
        {
            await set.StopAsync();
        }
    }
}

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IEnumerable<string> All => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _lines.Enqueue(formatter(state, exception));
        }
    }

    public void Dispose()
    {
    }
}
