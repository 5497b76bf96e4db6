using System.Globalization;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <summary>Checks the options of commands: as they are declared, and as they are given.</summary>
internal static class CommandOptions
{
    /// <summary>Null, or what is wrong with a command's declared options.</summary>
    public static string? ExplainDeclaration(IReadOnlyList<CommandParameter> parameters)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (CommandParameter parameter in parameters)
        {
            string? wrong = NameRules.ExplainWord(parameter.Name)
                ?? (known.Add(parameter.Name) ? null : "it is declared already. Take another name.")
                ?? (Enum.IsDefined(parameter.Type) ? null : $"{parameter.Type} is not a type of option.")
                ?? (parameter.Default is { } text ? ExplainValue(parameter, text) : null);
            if (wrong is not null)
            {
                return $"the option '--{parameter.Name}': {wrong}";
            }
        }

        return null;
    }

    /// <summary>Checks what was given, and adds the defaults.</summary>
    /// <exception cref="PluginCommandException">An option that the command does not have, or a wrong value.</exception>
    public static CommandInput Read(PluginCommand command, IReadOnlyDictionary<string, string> given)
    {
        var values = command.Parameters.Where(parameter => parameter.Default is not null)
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Default!, StringComparer.Ordinal);
        foreach ((string name, string value) in given)
        {
            CommandParameter parameter = command.Parameters.FirstOrDefault(known => known.Name == name)
                ?? throw new PluginCommandException(ExplainUnknown(command, name));
            if (ExplainValue(parameter, value) is { } wrong)
            {
                throw new PluginCommandException($"'{command.Name} --{name} {value}': {wrong}");
            }

            values[name] = value;
        }

        return new CommandInput(values);
    }

    private static string ExplainUnknown(PluginCommand command, string name) =>
        $"'{command.Name}' has no option '--{name}'. "
        + (command.Parameters.Count == 0
            ? "It takes none."
            : $"It takes {string.Join(", ", command.Parameters.Select(known => "--" + known.Name))}.");

    private static string? ExplainValue(CommandParameter parameter, string value) => parameter.Type switch
    {
        CommandParameterType.Number when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
            $"'{value}' is not a whole number.",
        CommandParameterType.Flag when value is not ("true" or "false") =>
            $"'{value}' is neither 'true' nor 'false': the option is present or absent.",
        _ => null,
    };
}
