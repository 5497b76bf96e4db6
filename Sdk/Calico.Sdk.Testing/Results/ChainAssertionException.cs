namespace Calico.Sdk.Testing;

/// <summary>A packet did not become what a test said; the message says what was wanted, and all that is known about the packet.</summary>
public sealed class ChainAssertionException : Exception
{
    internal ChainAssertionException(string message)
        : base(message)
    {
    }
}
