namespace Calico.Agent.Demo.Peers;

/// <summary>The bytes that peers send each other: each follows from its place, so that one that is lost, twice there or changed is seen.</summary>
internal static class Content
{
    // A prime: no size of a segment or buffer is a multiple of it.
    private const int Period = 251;

    public static void Fill(Span<byte> buffer, long position)
    {
        for (int index = 0; index < buffer.Length; index++)
        {
            buffer[index] = (byte)((position + index) % Period);
        }
    }

    public static int CountWrong(ReadOnlySpan<byte> buffer, long position)
    {
        int wrong = 0;
        for (int index = 0; index < buffer.Length; index++)
        {
            wrong += buffer[index] == (byte)((position + index) % Period) ? 0 : 1;
        }

        return wrong;
    }
}
