using System.Text.Json;
using Calico.Sdk;

namespace Calico.Plugins.FlowCounters;

/// <summary>Connection states as people write them: <c>syn-sent</c> for <see cref="FlowState.SynSent"/>.</summary>
internal static class StateNames
{
    private static readonly Dictionary<FlowState, string> s_names = Enum.GetValues<FlowState>()
        .ToDictionary(state => state, state => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString()));

    public static IEnumerable<string> All => s_names.Where(name => name.Key != FlowState.None).Select(name => name.Value);

    public static string Of(FlowState state) => s_names.TryGetValue(state, out string? name) ? name : state.ToString();
}
