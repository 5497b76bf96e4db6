using System.Text;
using Calico.Agent.Demo.Peers;

namespace Calico.Agent.Tests.Demo;

public sealed class PeerContentTests
{
    [Fact]
    public void Bytes_that_came_as_they_were_sent_are_right_wherever_the_stream_is_cut()
    {
        byte[] sent = new byte[10_000];
        Content.Fill(sent, 123);

        Assert.Equal(0, Content.CountWrong(sent, 123));
        Assert.Equal(0, Content.CountWrong(sent.AsSpan(777), 123 + 777));
    }

    [Fact]
    public void A_lost_a_doubled_and_a_changed_byte_are_seen()
    {
        byte[] sent = new byte[1000];
        Content.Fill(sent, 0);
        byte[] changed = [.. sent];
        changed[5]++;

        Assert.True(Content.CountWrong([.. sent[..100], .. sent[101..]], 0) > 500);
        Assert.True(Content.CountWrong([.. sent[..100], sent[99], .. sent[100..]], 0) > 500);
        Assert.Equal(1, Content.CountWrong(changed, 0));
    }

    [Fact]
    public void A_datagram_that_comes_back_changed_is_seen()
    {
        byte[] asked = Encoding.UTF8.GetBytes("asked\nin two lines");

        Assert.Equal(new ProbeAnswer("n1/w1", "fd00::1", null), UdpMessage.Read(UdpMessage.Answer("n1/w1", "fd00::1", asked), asked));
        Assert.Equal("the datagram came back changed", UdpMessage.Read(UdpMessage.Answer("n1/w1", "fd00::1", asked), [1, 2]).Failure);
        Assert.Equal("the answer is not that of a peer", UdpMessage.Read(asked, asked).Failure);
    }
}
