using System.CommandLine.Parsing;
using System.Globalization;

namespace Calico.Agent.CommandLine;

/// <summary>Reads what is given to options; what is wrong is a sentence, where the library would name a type of .NET.</summary>
internal static class Parsing
{
    /// <summary>A whole number.</summary>
    public static long? Whole(ArgumentResult argument) =>
        Read(argument, "a whole number", text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : (long?)null);

    /// <summary>A whole number within bounds.</summary>
    /// <param name="argument">What was given.</param>
    /// <param name="least">The smallest.</param>
    /// <param name="most">The largest.</param>
    /// <param name="outside">What is said of others.</param>
    public static int Whole(ArgumentResult argument, int least, int most, string outside) => (int)Within(argument, Whole(argument), least, most, outside);

    /// <summary>A number within bounds.</summary>
    public static double Number(ArgumentResult argument, double least, double most, string outside) => Within(
        argument,
        Read(argument, "a number", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : (double?)null),
        least, most, outside);

    /// <summary>One of the names of an enumeration.</summary>
    public static T Name<T>(ArgumentResult argument)
        where T : struct, Enum =>
        Read(argument, $"one of {string.Join(", ", Enum.GetNames<T>())}", text => Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value) ? value : (T?)null) ?? default;

    private static double Within(ArgumentResult argument, double? number, double least, double most, string outside)
    {
        if (number is { } given && !(given >= least && given <= most))
        {
            argument.AddError(outside);
        }

        return number ?? least;
    }

    private static T? Read<T>(ArgumentResult argument, string what, Func<string, T?> read)
        where T : struct
    {
        string text = argument.Tokens[0].Value;
        if (read(text) is { } value)
        {
            return value;
        }

        argument.AddError($"'{text}' is not {what}, which {(argument.Parent as OptionResult)?.Option.Name ?? argument.Argument.Name} takes.");
        return null;
    }
}
