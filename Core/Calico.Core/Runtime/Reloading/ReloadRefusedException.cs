namespace Calico.Core.Runtime;

/// <summary>A reload cannot go on; nothing of it is in force. Text only: a plugin's own exception would keep it in memory.</summary>
internal class ReloadRefusedException(params IReadOnlyList<string> reasons) : Exception(string.Join(' ', reasons))
{
    public IReadOnlyList<string> Reasons { get; } = reasons;
}

/// <summary>The new generation was in force, and missed calls.</summary>
internal sealed class SwappedBackException(IReadOnlyList<string> reasons) : ReloadRefusedException(reasons);
