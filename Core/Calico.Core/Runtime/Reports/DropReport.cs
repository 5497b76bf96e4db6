namespace Calico.Core.Runtime.Reports;

/// <summary>What one hook of one interface dropped for one reason.</summary>
/// <param name="Interface">The interface's name, or its index where it is gone.</param>
/// <param name="Hook">The hook.</param>
/// <param name="Family">4 or 6; 0 for neither.</param>
/// <param name="Reason">The reason's name.</param>
/// <param name="Plugin">Who dropped: a plugin's id, or <c>core</c>.</param>
/// <param name="Sentence">What it means.</param>
/// <param name="Packets">Packets.</param>
/// <param name="Bytes">Bytes, frame headers included.</param>
public sealed record DropReport(
    string Interface, string Hook, int Family, string Reason, string Plugin, string Sentence, ulong Packets, ulong Bytes);
