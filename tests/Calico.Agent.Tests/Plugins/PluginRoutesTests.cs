using System.Net;

namespace Calico.Agent.Tests.Plugins;

public sealed class PluginRoutesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plugins_route_answers_with_path_values_query_and_body()
    {
        await using RealPlugin plugin = await RealPlugin.StartAsync();
        using HttpResponseMessage posted = await plugin.Agent.Http.PostAsync("v1/plugins/desired/lines", new StringContent("a line/of words"), Stop);
        Assert.Equal(HttpStatusCode.NoContent, posted.StatusCode);
        Assert.Equal("""[{"line":"a line/of words!"}]""", await plugin.Agent.Http.GetStringAsync("v1/plugins/desired/lines/line%2Fof?end=!", Stop));
        Assert.EndsWith("a line/of words", await plugin.Agent.Http.GetStringAsync("v1/plugins/desired/lines", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "v1/plugins/desired/lines/throw", 500, "GET lines/{word} of plugin 'desired' failed: InvalidOperationException: I was told to")]
    [InlineData("GET", "v1/plugins/desired/nothing", 404, "Plugin 'desired' has no nothing. It has GET lines")]
    [InlineData("GET", "v1/plugins/nobody/lines", 404, "No running plugin 'nobody' has routes.")]
    [InlineData("DELETE", "v1/plugins/desired/lines", 405, "does not take DELETE; it takes GET, POST.")]
    public async Task What_cannot_be_answered_is_a_sentence_and_the_plugin_stays(string method, string path, int status, string sentence)
    {
        await using RealPlugin plugin = await RealPlugin.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await plugin.Agent.Http.SendAsync(request, Stop);
        string body = await response.Content.ReadAsStringAsync(Stop);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(sentence, System.Text.RegularExpressions.Regex.Unescape(body), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.NotEmpty(await plugin.Agent.Http.GetStringAsync("v1/plugins/desired/lines", Stop));
    }

    [Fact]
    public async Task An_answer_that_fails_half_way_does_not_look_whole()
    {
        await using RealPlugin plugin = await RealPlugin.StartAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => plugin.Agent.Http.GetStringAsync("v1/plugins/desired/lines/throw-late", Stop));
    }

    [Fact]
    public async Task Unloading_ends_a_request_that_waits()
    {
        await using RealPlugin plugin = await RealPlugin.StartAsync();
        Task<HttpResponseMessage> waiting = plugin.Agent.Http.GetAsync("v1/plugins/desired/lines/wait", Stop);
        while (!(await plugin.Agent.Http.GetStringAsync("v1/plugins/desired/lines", Stop)).Contains("waiting", StringComparison.Ordinal))
        {
            await Task.Delay(10, Stop);
        }

        Assert.Empty(await plugin.UnloadAsync());
        using HttpResponseMessage response = await waiting;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }
}
