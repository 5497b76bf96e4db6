namespace Calico.Agent.Api.Contracts;

/// <summary>Why a request was not answered (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Detail">A sentence: what is wrong and what to do.</param>
internal sealed record Problem(int Status, string Title, string Detail);

/// <summary>The last line of a command's rows when the command failed after it had begun to answer.</summary>
/// <param name="Error">A sentence.</param>
internal sealed record RowsEnd([property: System.Text.Json.Serialization.JsonPropertyName(RowsEnd.Member)] string Error)
{
    /// <summary>No member of a C# record is named like this, so that no row is taken for it.</summary>
    public const string Member = "$error";
}
