using System.Net;
using System.Text;
using System.Text.Json;
using Calico.Agent.Api;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Api;

public sealed class ApiTests
{
    [Theory]
    [InlineData("/v1/status")]
    [InlineData("/v1/version")]
    [InlineData("/v1/interfaces")]
    [InlineData("/v1/chains/cali1")]
    [InlineData("/v1/explain/workload-ingress")]
    [InlineData("/v1/drops")]
    [InlineData("/v1/missed-calls")]
    [InlineData("/v1/plugins")]
    [InlineData("/v1/resources")]
    [InlineData("/v1/commands")]
    public async Task A_question_is_answered_in_JSON(string path)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        using HttpResponseMessage response = await agent.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using JsonDocument _ = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "/v1/chains/eth7", 404, "The interface 'eth7' has no chain. These have: cali1, eth0.")]
    [InlineData("GET", "/nowhere", 404, "The API has no /nowhere. GET /v1/status is a beginning.")]
    [InlineData("DELETE", "/v1/status", 405, "/v1/status does not take DELETE; it takes GET.")]
    [InlineData("POST", "/v1/commands/nothing", 404, "No running plugin has a command 'nothing'. GET /v1/commands lists them.")]
    public async Task What_cannot_be_answered_is_a_problem_with_a_sentence(string method, string path, int status, string sentence)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        using HttpResponseMessage response = await agent.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await AssertProblem(response, status, sentence);
    }

    [Fact]
    public async Task A_command_sends_its_rows_as_lines()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        using HttpResponseMessage response = await agent.Http.PostAsync("/v1/commands/flows", Json("""{"limit": 5, "all": true, "protocol": "tcp", "x": null}"""));

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        string[] lines = (await response.Content.ReadAsStringAsync()).Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("""{"protocol":"icmp",""", lines[1], StringComparison.Ordinal);
        Assert.Empty(lines[2]);
        Assert.Equal(new Dictionary<string, string> { ["limit"] = "5", ["all"] = "true", ["protocol"] = "tcp" }, agent.Dataplane.LastOptions);
    }

    [Theory]
    [InlineData("[1]", "The body must be a JSON object of options, such as {\"limit\": 10}.")]
    [InlineData("{\"limit\": {}}", "The option 'limit' must be a text, a number, true or false.")]
    [InlineData("{\"limit\"", "The body is not JSON: ")]
    public async Task A_body_that_is_not_options_is_refused(string body, string sentence)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        using HttpResponseMessage response = await agent.Http.PostAsync("/v1/commands/flows", Json(body));

        await AssertProblem(response, 400, sentence);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        using HttpResponseMessage response = await agent.Http.PostAsync("/v1/commands/flows", Json(new string(' ', 100_000)));

        await AssertProblem(response, 413, "The request cannot be read: ");
    }

    [Fact]
    public async Task Options_that_the_command_refuses_are_a_bad_request()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(
            new FakeDataplane { Flows = _ => throw new CommandRefusedException("'flows' has no option '--x'.", isInputError: true) });

        using HttpResponseMessage response = await agent.Http.PostAsync("/v1/commands/flows", Json("{}"));

        await AssertProblem(response, 400, "'flows' has no option '--x'.");
    }

    [Fact]
    public async Task A_report_that_fails_is_one_requests_failure()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Flows = _ => throw new InvalidOperationException("The map is gone.") });

        using HttpResponseMessage response = await agent.Http.PostAsync("/v1/commands/flows", Json("{}"));

        await AssertProblem(response, 500, "The agent could not answer: The map is gone. Its log has the details.");
        Assert.Equal(HttpStatusCode.OK, (await agent.Http.GetAsync("/v1/status")).StatusCode);
    }

    [Fact]
    public async Task An_agent_lives_before_it_is_ready()
    {
        var gate = new TaskCompletionSource();
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Start = _ => gate.Task }, untilReady: false);

        await AssertProblem(await agent.Http.GetAsync("/readyz"), 503, "The agent is starting");
        await AssertProblem(await agent.Http.GetAsync("/v1/drops"), 503, "The agent is starting");
        Assert.Equal("ok\n", await agent.Http.GetStringAsync("/livez"));

        gate.SetResult();
        while ((await agent.Http.GetAsync("/readyz")).StatusCode != HttpStatusCode.OK)
        {
            await Task.Delay(10);
        }
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task AssertProblem(HttpResponseMessage response, int status, string sentence)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.StartsWith(sentence, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
