namespace Calico.Sdk;

/// <summary>A request to a plugin's route.</summary>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">Below the plugin's own root, without a slash before it: <c>buckets/cali1</c>.</param>
/// <param name="Values">What stands in the path in place of each <c>{name}</c>, decoded.</param>
/// <param name="Query">The query's texts by name, in the order in which they were given, decoded.</param>
/// <param name="ContentType">What the body is; null where the client does not say.</param>
/// <param name="Body">At most 64 KiB; to be read while the request is handled.</param>
public sealed record ApiRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Query,
    string? ContentType,
    Stream Body);
