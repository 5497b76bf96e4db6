using System.Reflection;
using Calico.Core.Bpf;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Core.Plugins;

namespace Calico.Sdk.Testing;

/// <summary>Puts whatever goes wrong while a chain is made into sentences: what, where, and what to do.</summary>
internal static class StartFailures
{
    private const int LogLines = 30;

    /// <summary>Runs a step of the start.</summary>
    /// <param name="step">The step.</param>
    /// <param name="plugin">The plugin's class, where the step runs its code.</param>
    public static T Explain<T>(Func<T> step, Type? plugin = null)
    {
        try
        {
            return step();
        }
#pragma warning disable CA1031 // Whatever it is: it is the start that failed.
        catch (Exception failure) when (failure is not ChainStartException)
#pragma warning restore CA1031
        {
            throw new ChainStartException(Sentence(Unwrapped(failure), plugin), Unwrapped(failure));
        }
    }

    private static string Sentence(Exception failure, Type? plugin) => failure switch
    {
        CompileException compile => $"The C of a stage does not compile.\n{string.Join('\n', compile.Diagnostics)}",
        TemplateException template => $"A template can't be rendered.\n{template.Message}",
        VerifierException verifier => $"{verifier.Message}\nThe end of the verifier's log:\n{End(verifier.Rejection.Log)}",
        ClangNotFoundException => failure.Message,
        PluginLoadException or MapRefusedException => failure.Message,
        DllNotFoundException => "libbpf.so.1, which loads eBPF programs, is not installed. Install it: apt-get install libbpf1.",
        BpfException { Errno: 1 } => $"{failure.Message} Packets run through the kernel as root only. Run the tests as root, such as with sudo dotnet test.",
        BpfException => failure.Message,
        _ when plugin is not null => $"{plugin.FullName} could not be set up: {failure.GetType().Name}: {failure.Message}",
        _ => $"The chain could not be made: {failure.GetType().Name}: {failure.Message}",
    };

    private static string End(string log) => string.Join('\n', log.TrimEnd().Split('\n').TakeLast(LogLines));

    private static Exception Unwrapped(Exception failure) => failure switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrapped(inner),
        AggregateException { InnerExceptions: [{ } only] } => Unwrapped(only),
        _ => failure,
    };
}
