using Acme.RootNamespace;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);

// The dataplane starts and stops with the service. Its flow table, its reports and its resources are services, too.
builder.Services.AddCalicoDataplane(Path.Combine(AppContext.BaseDirectory, "agent.yaml"));
builder.Services.AddHostedService<FlowReporter>();

await builder.Build().RunAsync();
