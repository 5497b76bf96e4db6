using System.Reflection;
using System.Runtime.InteropServices;
using Calico.Agent.Api.Contracts;
using Calico.Sdk;

namespace Calico.Agent.Api;

/// <summary>Versions of what this process is made of.</summary>
internal static class Versions
{
    public static AgentVersion OfThisProcess() =>
        new(Of(typeof(Versions).Assembly), Of(typeof(IDataplanePlugin).Assembly), RuntimeInformation.FrameworkDescription);

    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
