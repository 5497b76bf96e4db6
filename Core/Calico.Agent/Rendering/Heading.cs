using System.Text;

namespace Calico.Agent.Rendering;

/// <summary>A column's heading, made from a member's name: <c>forwardPackets</c> becomes <c>FORWARD PACKETS</c>.</summary>
internal static class Heading
{
    public static string Of(string member)
    {
        var heading = new StringBuilder(member.Length + 4);
        for (int index = 0; index < member.Length; index++)
        {
            bool isNewWord = index > 0 && char.IsUpper(member[index])
                && (!char.IsUpper(member[index - 1]) || (index + 1 < member.Length && char.IsLower(member[index + 1])));
            heading.Append(isNewWord ? " " : "").Append(char.ToUpperInvariant(member[index]));
        }

        return heading.ToString();
    }
}
