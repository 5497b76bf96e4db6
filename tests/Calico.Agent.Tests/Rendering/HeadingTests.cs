using Calico.Agent.Rendering;

namespace Calico.Agent.Tests.Rendering;

public sealed class HeadingTests
{
    [Theory]
    [InlineData("in", "IN")]
    [InlineData("forwardPackets", "FORWARD PACKETS")]
    [InlineData("lastSeen", "LAST SEEN")]
    [InlineData("SourceIP", "SOURCE IP")]
    [InlineData("IPAddress", "IP ADDRESS")]
    [InlineData("", "")]
    public void A_members_name_becomes_words_in_capitals(string member, string heading) => Assert.Equal(heading, Heading.Of(member));
}
