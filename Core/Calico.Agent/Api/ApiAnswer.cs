using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Calico.Agent.Api.Contracts;
using Microsoft.AspNetCore.WebUtilities;

namespace Calico.Agent.Api;

/// <summary>Answers of the API: an object, or a problem with a sentence.</summary>
internal static class ApiAnswer
{
    private const string ProblemType = "application/problem+json";

    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(value, type, contentType: null, context.RequestAborted);

    public static Task WriteAsync<T>(HttpContext context, T? value, JsonTypeInfo<T> type, Func<string> explainAbsence)
        where T : class =>
        value is null ? RefuseAsync(context, StatusCodes.Status404NotFound, explainAbsence()) : WriteAsync(context, value, type);

    public static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        var problem = new Problem(status, ReasonPhrases.GetReasonPhrase(status), sentence);
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Default.Problem, ProblemType, context.RequestAborted);
    }
}
