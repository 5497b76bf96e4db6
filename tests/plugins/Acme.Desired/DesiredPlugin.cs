using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Desired;

/// <summary>Has a kind, a reconciler, a service and a source, each as good or bad as its options say.</summary>
[DataplanePlugin("desired", Description = "Writes down what it is wished.")]
public sealed class DesiredPlugin : IDataplanePlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        string? Option(string name) => plugin.Options.Text(name, "", "How to behave.") is { Length: > 0 } given ? given : null;

        string? serve = Option("serve");
        string? source = Option("source");

        plugin.Services.AddSingleton(new Behaviour(Option("reconcile"), serve, source));
        plugin.Services.AddSingleton<Journal>();
        plugin.Services.AddSingleton<JournalGauge>();
        plugin.Resource(Option("kind") switch
        {
            null => Wish.Kind,
            var kind => Wish.Named(kind),
        });
        if (Option("twice") is not null)
        {
            plugin.Resource(Wish.Kind);
        }

        plugin.Reconciler<WishReconciler>();
        if (serve is not null)
        {
            plugin.Service<WishService>();
        }

        if (source is not null)
        {
            plugin.ResourceSource<WishSource>("acme");
        }

        plugin.ApiRoute<JournalRoutes>("GET", "lines");
        plugin.ApiRoute<JournalRoutes>("POST", "lines");
        plugin.ApiRoute<JournalRoutes>("GET", "lines/{word}");
        plugin.ApiRoute<JournalRoutes>("GET", Option("route") ?? "lines/{word}/all");
        plugin.Command<ReadJournal, JournalRow>("journal", "What happened to the plugin.", JournalJson.Default.JournalRow);
    }
}
