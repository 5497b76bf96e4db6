using System.Text;
using Calico.Sdk;

namespace Acme.Desired;

/// <summary>Answers with the lines that hold a word, and takes lines.</summary>
public sealed class JournalRoutes(Journal journal) : IApiHandler
{
    public async Task<ApiResponse> HandleAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        switch (request.Method, request.Values.GetValueOrDefault("word"))
        {
            case ("POST", _):
                using (var body = new StreamReader(request.Body))
                {
                    journal.Write(await body.ReadToEndAsync(cancellationToken));
                }

                return ApiResponse.Empty();
            case (_, "throw"):
                throw new InvalidOperationException("I was told to");
            case (_, "throw-late"):
                return ApiResponse.Stream("text/plain", async (stream, stop) =>
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(new string('x', 200_000)), stop);
                    throw new InvalidOperationException("too late");
                });
            case (_, "wait"):
                journal.Write("waiting");
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return ApiResponse.Empty();
            case (_, null):
                return ApiResponse.Text(string.Join('\n', journal.Lines));
            case (_, var word):
                return ApiResponse.Json([.. journal.Lines.Where(line => line.Contains(word, StringComparison.Ordinal)).Select(line => new JournalRow(line + request.Query.GetValueOrDefault("end")?[0]))], JournalJson.Default.JournalRowArray);
        }
    }
}
