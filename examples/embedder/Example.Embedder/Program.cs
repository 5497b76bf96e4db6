using Calico.Core.Configuration;
using Calico.Core.Runtime;
using Calico.Sdk;
using Example.Embedder;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string configurationFile = Path.GetFullPath(builder.Configuration["agent"] ?? Path.Combine(AppContext.BaseDirectory, "agent.yaml"));

if (builder.Configuration.GetValue<bool>("uninstall"))
{
    foreach (string done in DataplaneRemoval.Remove(AgentConfigurationReader.Load(configurationFile)))
    {
        Console.WriteLine(done);
    }

    return;
}

// In force before the first request is answered: the web server starts after the hosted services.
builder.Services.AddCalicoDataplane(configurationFile);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, FlowJson.Default));
if (builder.Configuration["urls"] is null)
{
    // Who talks to whom is nobody else's business. --urls says otherwise.
    builder.WebHost.UseUrls("http://127.0.0.1:5080");
}

WebApplication app = builder.Build();
app.MapGet("/", () => TypedResults.Stream(Page.Open(), "text/html; charset=utf-8"));
// The table is read while the answer is written: memory does not grow with it.
app.MapGet("/flows", (IFlowTable flows) => TypedResults.Ok(flows.Read().Select(FlowRow.Of)));
await app.RunAsync();
