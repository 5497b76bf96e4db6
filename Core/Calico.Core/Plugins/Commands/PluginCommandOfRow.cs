using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <summary>A command whose handler and row type are the plugin's.</summary>
internal sealed class PluginCommand<THandler, TRow>(
    string pluginId, string name, string description, JsonTypeInfo<TRow> rowType, IReadOnlyList<CommandParameter> parameters)
    : PluginCommand(pluginId, name, description, rowType, parameters)
    where THandler : class, ICommandHandler<TRow>
{
    private PluginServices? _services;

    internal override void Bind(PluginServices services) => _services = services;

    private protected override async IAsyncEnumerable<ReadOnlyMemory<byte>> RunChecked(
        CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PluginServices services = _services ?? throw new InvalidOperationException($"The command '{Name}' was not bound.");
        using PluginServices.Use use = services.Begin(cancellationToken)
            ?? throw new PluginCommandException($"Plugin '{PluginId}' is being unloaded. Run '{Name}' again.");
        await using var run = new Run(this, use, input);
        while (await run.MoveNextAsync())
        {
            yield return run.Row;
        }
    }

    /// <summary>One run. Whatever the plugin throws leaves it as text.</summary>
    private sealed class Run(PluginCommand<THandler, TRow> command, PluginServices.Use use, CommandInput input) : IAsyncDisposable
    {
        private AsyncServiceScope? _scope;
        private IAsyncEnumerator<TRow>? _rows;

        public ReadOnlyMemory<byte> Row { get; private set; }

        public async ValueTask<bool> MoveNextAsync()
        {
            try
            {
                use.Stopping.ThrowIfCancellationRequested();
                if (_rows is null)
                {
                    _scope = use.Provider.CreateAsyncScope();
                    var handler = _scope.Value.ServiceProvider.GetRequiredService<THandler>();
                    _rows = handler.RunAsync(input, use.Stopping).GetAsyncEnumerator(use.Stopping);
                }

                if (!await _rows.MoveNextAsync())
                {
                    return false;
                }

                Row = JsonSerializer.SerializeToUtf8Bytes(_rows.Current, command.RowType);
                return true;
            }
            catch (Exception failure)
            {
                throw Translate(failure);
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (_rows is not null)
                {
                    await _rows.DisposeAsync();
                }

                if (_scope is { } scope)
                {
                    await scope.DisposeAsync();
                }
            }
            catch (Exception failure)
            {
                throw Translate(failure);
            }
        }

        private Exception Translate(Exception failure) => failure switch
        {
            OperationCanceledException when use.Stopping.IsCancellationRequested =>
                new OperationCanceledException($"The command '{command.Name}' was stopped.", use.Stopping),
            CommandInputException => new PluginCommandException($"'{command.Name}': {failure.Message}"),
            _ => new PluginCommandException($"'{command.Name}' failed: {ExceptionText.Line(failure)}", ExceptionText.Whole(failure)),
        };
    }

    private JsonTypeInfo<TRow> RowType { get; } = rowType;
}
