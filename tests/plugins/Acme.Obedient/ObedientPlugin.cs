using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Obedient;

/// <summary>Behaves as badly as its options tell it to.</summary>
[DataplanePlugin("obedient", Description = "Does what its options say.")]
public sealed class ObedientPlugin : IDataplanePlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        plugin.Stage("obey", StagePhase.PreFlow);
        plugin.FlowField<ushort>("number", decoder: "number");
        plugin.Decoder<NumberNames>("number");
        switch (plugin.Options.Text("configure", "", "What to do while it is configured."))
        {
            case "throw":
                throw new InvalidOperationException("I was told to");
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "unknown-template":
                plugin.Stage("other", StagePhase.PreFlow);
                break;
            case "claim-wishes":
                plugin.Resource(Wish.Kind);
                break;
            case "unfit-services":
                plugin.Services.AddSingleton<NeedsWhatIsNotThere>();
                break;
            default:
                break;
        }

        plugin.Command<Echo, EchoRow>(
            plugin.Options.Text("command", "echo", "What its command is called."),
            "Says what it is told.",
            EchoJson.Default.EchoRow,
            new CommandParameter("text", CommandParameterType.Text, "What to say.", "nothing"),
            new CommandParameter("times", CommandParameterType.Number, "How often.", "1"),
            new CommandParameter("then", CommandParameterType.Text, "What to do then: fail, refuse, wait or ignore-stop."));
    }

    private sealed class NeedsWhatIsNotThere(IDisposable missing)
    {
        public IDisposable Missing { get; } = missing;
    }
}
