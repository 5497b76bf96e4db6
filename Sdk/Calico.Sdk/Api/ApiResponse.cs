using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Calico.Sdk;

/// <summary>The answer to a request to a plugin's route. Immutable.</summary>
public sealed class ApiResponse
{
    private readonly Func<Stream, CancellationToken, Task> _write;

    private ApiResponse(int status, string? contentType, Func<Stream, CancellationToken, Task> write)
    {
        if (status is < 200 or > 599)
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, $"{status} is no status of an answer. Take one from 200 to 599.");
        }

        Status = status;
        ContentType = contentType;
        _write = write;
    }

    /// <summary>The HTTP status, 200 to 599.</summary>
    public int Status { get; }

    /// <summary>What the body is; null where there is none.</summary>
    public string? ContentType { get; }

    /// <summary>An object as JSON.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="type">From a source-generated <c>JsonSerializerContext</c>: reflection would keep an unloaded plugin alive.</param>
    /// <param name="status">The HTTP status.</param>
    /// <returns>The answer.</returns>
    public static ApiResponse Json<T>(T value, JsonTypeInfo<T> type, int status = 200)
    {
        ArgumentNullException.ThrowIfNull(type);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return Stream("application/json; charset=utf-8", (stream, cancellationToken) => stream.WriteAsync(body, cancellationToken).AsTask(), status);
    }

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="status">The HTTP status.</param>
    /// <returns>The answer.</returns>
    public static ApiResponse Text(string text, int status = 200)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] body = Encoding.UTF8.GetBytes(text);
        return Stream("text/plain; charset=utf-8", (stream, cancellationToken) => stream.WriteAsync(body, cancellationToken).AsTask(), status);
    }

    /// <summary>No body.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <returns>The answer.</returns>
    public static ApiResponse Empty(int status = 204) => new(status, null, (_, _) => Task.CompletedTask);

    /// <summary>Whatever <paramref name="write"/> writes, as it writes it.</summary>
    /// <param name="contentType">What it is, such as <c>application/octet-stream</c>.</param>
    /// <param name="write">Writes the body; called once. What it throws cuts the answer off.</param>
    /// <param name="status">The HTTP status.</param>
    /// <returns>The answer.</returns>
    public static ApiResponse Stream(string contentType, Func<Stream, CancellationToken, Task> write, int status = 200)
    {
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        ArgumentNullException.ThrowIfNull(write);
        return new ApiResponse(status, contentType, write);
    }

    /// <summary>Writes the body: for the host, and for tests of handlers.</summary>
    /// <param name="body">Where it goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Completes when all is written.</returns>
    public Task WriteAsync(Stream body, CancellationToken cancellationToken) => _write(body, cancellationToken);
}
