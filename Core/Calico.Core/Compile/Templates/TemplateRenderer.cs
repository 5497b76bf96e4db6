using System.Reflection;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Calico.Core.Compile;

/// <summary>Renders a template to C with the template line of every line of it. A pure function; safe for concurrent use.</summary>
/// <remarks>
/// Beside Scriban's own functions (without the time, chance and evaluation of text), a template has
/// <c>{{ include 'x.sbn' }}</c> and <c>{{ fragment 'NAME' }}</c>. Refused, each with a sentence: unknown variables and
/// members; null, fractions, booleans, lists and objects where text is written; numbers and texts as conditions;
/// hexadecimal literals that Scriban reads as negative; statements made of literals only; whitespace control that
/// joins lines.
/// </remarks>
public static class TemplateRenderer
{
    /// <param name="templateName">The template to begin with, in <paramref name="source"/>.</param>
    /// <param name="source">Where it and its includes are.</param>
    /// <param name="model">Its variables: a <see cref="ScriptObject"/> is taken as it is; of another object the members, in snake_case.</param>
    /// <param name="fragments">Templates of other owners that it may ask for.</param>
    /// <exception cref="TemplateException">The template, or one that it includes, cannot be rendered.</exception>
    public static RenderedSource Render(
        string templateName,
        ITemplateSource source,
        object? model = null,
        IReadOnlyList<TemplateFragment>? fragments = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var template = source.Find(templateName) ?? throw new TemplateException(
            templateName, 1, 1, source.Owner,
            $"there is no template '{templateName}'",
            NearNames.Advice(templateName, source.Names, "check the name; folders are part of it"));

        var context = new RenderContext();
        context.BuiltinObject.SetValue("include", new IncludeFunction(source), readOnly: true);
        context.BuiltinObject.SetValue("fragment", new FragmentFunction(fragments ?? []), readOnly: true);
        context.PushModel(ToScriptObject(model));
        // What the template assigns goes here and not into the caller's model.
        context.PushModel([]);
        try
        {
            context.RenderTemplate(template, source, default);
        }
        catch (ScriptRuntimeException exception)
        {
            throw Inner(exception) ?? context.Error(
                exception.Span, Lower(exception.OriginalMessage), "correct the statement at this place");
        }

        return context.Collected.Text.ToSource(template.DisplayPath, context.Templates);
    }

    private static ScriptObject ToScriptObject(object? model)
    {
        if (model is null or ScriptObject)
        {
            return model as ScriptObject ?? [];
        }

        var imported = new ScriptObject();
        imported.Import(model, filter: member => member is PropertyInfo or FieldInfo);
        return imported;
    }

    // Scriban wraps what a function throws.
    private static TemplateException? Inner(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is TemplateException found)
            {
                return found;
            }
        }

        return null;
    }

    private static string Lower(string message) =>
        message.Length > 1 && char.IsUpper(message[0]) && !char.IsUpper(message[1])
            ? char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.', ' ')
            : message.TrimEnd('.', ' ');
}
