using Calico.Sdk;

namespace Acme.Obedient;

/// <summary>Knows the name of one number, and does not like another.</summary>
public sealed class NumberNames : IIdDecoder
{
    public string? Decode(ulong id) => id switch
    {
        7 => "number seven",
        13 => throw new InvalidOperationException("unlucky"),
        _ => null,
    };
}
