using System.Runtime.InteropServices;

namespace Calico.Core.Net;

/// <summary>Reads the message that ends an answer.</summary>
internal static class NetlinkAnswer
{
    internal static void ThrowIfRefused(NetlinkMessage message, string attempt)
    {
        var payload = message.Payload;
        var errno = payload.Length >= sizeof(int) ? -MemoryMarshal.Read<int>(payload) : 0;
        if (errno > 0)
        {
            throw new NetlinkException(attempt, errno, Explanation(message));
        }
    }

    private static string? Explanation(NetlinkMessage message)
    {
        if (!message.Flags.HasFlag(AnswerFlags.HasAttributes))
        {
            return null;
        }

        var rest = message.Payload[sizeof(int)..];
        if (message.Type == MessageType.Error)
        {
            // The request comes back after the error number: whole, or its header alone.
            if (rest.Length < HeaderSize.Message)
            {
                return null;
            }

            var request = message.Flags.HasFlag(AnswerFlags.Capped)
                ? HeaderSize.Message
                : Alignment.Up(MemoryMarshal.Read<int>(rest));
            if (request < HeaderSize.Message || request > rest.Length)
            {
                return null;
            }

            rest = rest[request..];
        }

        foreach (var attribute in new NetlinkAttributes(rest))
        {
            if (attribute.Type == ErrorAttribute.Message)
            {
                return attribute.AsText.TrimEnd('.');
            }
        }

        return null;
    }
}
