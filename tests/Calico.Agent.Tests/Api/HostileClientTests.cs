using System.Net;
using System.Net.Sockets;
using System.Text;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Api;

public sealed class HostileClientTests
{
    [Theory]
    [InlineData("\0\u0001\u0002\u0003 garbage \r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("GET /v1/status HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("POST /v1/commands/flows HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Garbage_is_refused_and_the_agent_answers_on(string garbage)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();
        using Socket client = await agent.ConnectAsync();

        await client.SendAsync(Encoding.Latin1.GetBytes(garbage));
        var answer = new byte[4096];
        int length = await client.ReceiveAsync(answer);

        Assert.StartsWith("HTTP/1.1 ", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        Assert.Contains(Encoding.ASCII.GetString(answer, 9, 1), "45", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await agent.Http.GetAsync("/v1/status")).StatusCode);
    }

    [Fact]
    public async Task Random_bytes_from_many_clients_leave_the_agent_answering()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();
        var random = new Random(20260102);
        for (int round = 0; round < 50; round++)
        {
            using Socket client = await agent.ConnectAsync();
            var bytes = new byte[random.Next(1, 4096)];
            random.NextBytes(bytes);
            try
            {
                await client.SendAsync(bytes);
            }
            catch (SocketException)
            {
                // It hung up before it had all; that is its right.
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await agent.Http.GetAsync("/v1/status")).StatusCode);
    }

    [Fact]
    public async Task A_client_that_never_reads_holds_up_neither_the_others_nor_the_end()
    {
        var begun = new TaskCompletionSource();
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Flows = _ => Endless(begun) });
        using Socket client = await agent.ConnectAsync();

        await client.SendAsync("POST /v1/commands/flows HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        await begun.Task;

        Assert.Equal(HttpStatusCode.OK, (await agent.Http.GetAsync("/v1/status")).StatusCode);
        await agent.StopAsync();
        Assert.True(agent.Dataplane.IsDisposed);
    }

    [Fact]
    public async Task Clients_that_connect_and_say_nothing_leave_room_for_others()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();
        var silent = new List<Socket>();
        for (int client = 0; client < 100; client++)
        {
            silent.Add(await agent.ConnectAsync());
        }

        Assert.Equal(HttpStatusCode.OK, (await agent.Http.GetAsync("/v1/status")).StatusCode);
        silent.ForEach(client => client.Dispose());
    }

    private static async IAsyncEnumerable<string> Endless(TaskCompletionSource begun)
    {
        string row = $$"""{"filler":"{{new string('x', 8192)}}"}""";
        while (true)
        {
            yield return row;
            await Task.Yield();
            begun.TrySetResult();
        }
    }
}
