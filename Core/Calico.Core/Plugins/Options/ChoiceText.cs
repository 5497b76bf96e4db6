using Calico.Core.Compile;

namespace Calico.Core.Plugins;

/// <summary>An enum's members as operators write them: <c>DropAll</c> is <c>drop-all</c>.</summary>
internal static class ChoiceText
{
    public static string Of<T>(T value)
        where T : struct, Enum => Of(value.ToString());

    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(Of)];

    public static T? Find<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => Of(name) == text) is { } found ? Enum.Parse<T>(found) : null;

    private static string Of(string name) => CNames.Snake(name).Replace('_', '-');
}
