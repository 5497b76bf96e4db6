using System.Reflection;

namespace Calico.Core.Plugins;

/// <summary>Turns what a plugin threw into text, so that the exception itself can be let go.</summary>
internal static class ExceptionText
{
    /// <summary>One line: the type and message of the exception and of those inside it.</summary>
    public static string Line(Exception exception)
    {
        var parts = new List<string>();
        for (Exception? next = Unwrap(exception); next is not null; next = next.InnerException)
        {
            string message = next is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] }
                ? first.Message
                : next.Message;
            parts.Add($"{next.GetType().Name}: {message.ReplaceLineEndings(" ").Trim()}");
        }

        return string.Join(" ← ", parts.Distinct());
    }

    /// <summary>All of it, with the stack.</summary>
    public static string Whole(Exception exception) => Unwrap(exception).ToString();

    private static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [{ } only] } => Unwrap(only),
        _ => exception,
    };
}
