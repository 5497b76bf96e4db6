namespace Calico.Agent.Api.Contracts;

/// <summary>What <c>calico version</c> answers; null = not there.</summary>
internal sealed record VersionListing(
    string CommandLine, string? Agent, string Sdk, string Runtime, string? LibBpf, string? Clang, string Kernel);
