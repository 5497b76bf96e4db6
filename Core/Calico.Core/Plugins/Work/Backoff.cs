namespace Calico.Core.Plugins;

/// <summary>How long to wait after a failure: twice as long each time, up to a limit.</summary>
internal struct Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _last;

    public TimeSpan Next()
    {
        _last = _last == TimeSpan.Zero ? First : _last * 2;
        _last = _last > Longest ? Longest : _last;
        return _last;
    }

    public void Reset() => _last = TimeSpan.Zero;
}
