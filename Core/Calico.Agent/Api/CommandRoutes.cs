using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Calico.Agent.Api.Contracts;

namespace Calico.Agent.Api;

/// <summary>Lists the plugins' commands and runs them.</summary>
internal static class CommandRoutes
{
    public const string RowsType = "application/x-ndjson";
    private const int MostHeldBack = 32 * 1024;

    private static ReadOnlySpan<byte> LineEnd => "\n"u8;

    public static void Map(RouteGroupBuilder v1, ApiSubjects agent, ILogger log)
    {
        v1.MapGet("/commands", ApiPipeline.WhenReady(agent, context =>
            ApiAnswer.WriteAsync(context, agent.Commands.List(), ApiJson.Default.IReadOnlyListCommandDescriptor)));
        v1.MapPost("/commands/{name}", ApiPipeline.WhenReady(agent, context => RunAsync(context, agent.Commands, log)));
    }

    private static async Task RunAsync(HttpContext context, ICommandCatalog commands, ILogger log)
    {
        var name = (string)context.GetRouteValue("name")!;
        try
        {
            IReadOnlyDictionary<string, string> options = await CommandBody.ReadAsync(context.Request, context.RequestAborted);
            if (commands.Run(name, options, context.RequestAborted) is { } rows)
            {
                await WriteAsync(context, rows);
            }
            else
            {
                await ApiAnswer.RefuseAsync(context, StatusCodes.Status404NotFound, $"No running plugin has a command '{name}'. GET /v1/commands lists them.");
            }
        }
        catch (CommandRefusedException refused) when (!context.Response.HasStarted)
        {
            LogFailure(log, name, refused);
            int status = refused.IsInputError ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError;
            await ApiAnswer.RefuseAsync(context, status, refused.Message);
        }
        catch (Exception error) when (context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            LogFailure(log, name, error);
            PipeWriter writer = context.Response.BodyWriter;
            writer.Write(JsonSerializer.SerializeToUtf8Bytes(new RowsEnd(error.Message), ApiJson.Default.RowsEnd));
            writer.Write(LineEnd);
            await writer.FlushAsync(context.RequestAborted);
        }
    }

    private static void LogFailure(ILogger log, string command, Exception error)
    {
        if (error is not CommandRefusedException refused)
        {
            log.LogError(error, "The command {Command} failed", command);
        }
        else if (!refused.IsInputError)
        {
            log.LogError("The command {Command} failed: {Sentence} {Detail}", command, refused.Message, refused.Detail);
        }
    }

    /// <summary>
    /// Begins to answer with the first row, so that what fails before it is a problem with a status of its own. Rows that
    /// are there at once go together; none waits for one that is not there yet.
    /// </summary>
    private static async Task WriteAsync(HttpContext context, IAsyncEnumerable<ReadOnlyMemory<byte>> rows)
    {
        PipeWriter writer = context.Response.BodyWriter;
        CancellationToken gone = context.RequestAborted;
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> row = rows.GetAsyncEnumerator(gone);
        while (true)
        {
            ValueTask<bool> next = row.MoveNextAsync();
            if (!next.IsCompleted && writer.UnflushedBytes > 0)
            {
                await writer.FlushAsync(gone);
            }

            if (!await next)
            {
                break;
            }

            context.Response.ContentType ??= RowsType;
            writer.Write(row.Current.Span);
            writer.Write(LineEnd);
            if (writer.UnflushedBytes > MostHeldBack)
            {
                await writer.FlushAsync(gone);
            }
        }

        context.Response.ContentType ??= RowsType;
        await writer.FlushAsync(gone);
    }
}
