using System.Collections;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Calico.Core.Compile;

/// <summary>
/// Scriban with everything switched off that turns a mistake in a template into valid but wrong C, and with the place
/// of everything it writes known.
/// </summary>
internal sealed class RenderContext : TemplateContext
{
    /// <summary>Deeper than any honest template, and well before the stack ends.</summary>
    private const int MostIncludes = 32;

    private readonly Dictionary<string, TemplateText> _templates = new(StringComparer.Ordinal);
    private readonly Stack<ScriptObject> _models = new();
    private SourceSpan _statement;
    private int _blocks;

    public RenderContext() : base(Builtins.Create())
    {
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedTargetAccess = false;
        EnableRelaxedFunctionAccess = false;
        EnableRelaxedIndexerAccess = false;
        EnableNullIndexer = false;
        ErrorForStatementFunctionAsExpression = true;
        // Scriban's own limits cut the text and add "..."; ours (RenderOutput.Limit) is an error.
        LimitToString = 0;
        OutputLimit = 0;
        LoopLimit = 100_000;
        LoopLimitQueryable = 100_000;
        AutoIndent = false;
        NewLine = "\n";
        TryGetVariable = UnknownVariable;
        TryGetMember = UnknownMember;
        Collected = new RenderOutput(this);
        PushOutput(Collected);
    }

    public RenderOutput Collected { get; }

    /// <summary>All templates that were rendered, by display path.</summary>
    public IReadOnlyDictionary<string, TemplateText> Templates => _templates;

    /// <summary>The templates that are being rendered, innermost on top.</summary>
    public Stack<(TemplateText Template, ITemplateSource Source)> Including { get; } = new();

    public void PushModel(ScriptObject model)
    {
        _models.Push(model);
        PushGlobal(model);
    }

    public void PopModel()
    {
        _models.Pop();
        PopGlobal();
    }

    /// <summary>Renders a template where the output stands now.</summary>
    /// <param name="template">The template.</param>
    /// <param name="source">Where its includes are looked for first.</param>
    /// <param name="caller">The place that asks for it; empty for the first.</param>
    public void RenderTemplate(TemplateText template, ITemplateSource source, SourceSpan caller)
    {
        if (Including.Count == MostIncludes)
        {
            throw Error(caller, $"templates include each other {MostIncludes} deep, here '{template.Name}'", "break the cycle of includes");
        }

        _templates[template.DisplayPath] = template;
        var parsed = Template.Parse(template.Text, template.DisplayPath);
        if (parsed.Messages.FirstOrDefault(message => message.Type == ParserMessageType.Error) is { } error)
        {
            throw Error(error.Span, error.Message, "correct the statement; if C braces were meant, put a space between them: '{ {'");
        }

        TemplateLint.Check(template, parsed.Page!);
        Including.Push((template, source));
        PushSourceFile(template.DisplayPath);
        Evaluate(parsed.Page!);
        PopSourceFile();
        Including.Pop();
    }

    /// <summary>The place of what is written next, and whether it is the template's own text (whose line ends count) or a printed value.</summary>
    public (SourceLine Origin, bool IsTemplateText) CurrentOrigin => CurrentNode is ScriptRawStatement raw
        ? (At(raw.Span), true)
        : (At(_statement), false);

    public TemplateException Error(string problem, string advice) => Error(_statement, problem, advice);

    public TemplateException Error(SourceSpan span, string problem, string advice)
    {
        var file = span.FileName ?? CurrentSourceFile ?? "?";
        return new(file, span.Start.Line + 1, span.Start.Column + 1, OwnerOf(file), problem, advice);
    }

    public string OwnerOf(string file) => _templates.TryGetValue(file, out var template) ? template.Owner : "core";

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        if (scriptNode is not ScriptExpressionStatement statement)
        {
            _blocks += scriptNode is ScriptBlockStatement ? 1 : 0;
            return base.Evaluate(scriptNode, aliasReturnedFunction);
        }

        var blocksBefore = _blocks;
        _statement = statement.Span;
        var value = base.Evaluate(scriptNode, aliasReturnedFunction);
        if (value is null && _blocks == blocksBefore && PrintsItsValue(statement.Expression))
        {
            throw Error("a value that is null would be printed as nothing", "give the variable a value, or test it first with '!= null'");
        }

        // The block writes the value after this returns, and statements of an include may have come in between.
        _statement = statement.Span;
        return value;
    }

    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        Refuse(textAsObject, _statement, "printed");
        if (_statement.FileName is not null && JoinsNextLine(textAsObject))
        {
            throw Error("'~}}' behind a printed value joins the next line to it", "leave the '~' out");
        }

        return base.Write(span, textAsObject);
    }

    public override string ObjectToString(object? value, bool nested = false)
    {
        Refuse(value, CurrentSpan, "made into text");
        return base.ObjectToString(value, nested)!;
    }

    public override bool ToBool(SourceSpan span, object? value) => value switch
    {
        null => false,
        bool b => b,
        // Scriban finds 0, "" and an empty list true, which C and everybody else does not.
        string => throw Error(span, "a text is not a condition (Scriban would find even \"\" true)", "write '!= \"\"'"),
        ValueType => throw Error(span, "a number is not a condition (Scriban would find even 0 true)", "write '!= 0'"),
        ICollection and not IDictionary and not IScriptObject or ScriptArray =>
            throw Error(span, "a list is not a condition (Scriban would find even an empty one true)", "write '.size > 0'"),
        _ => true,
    };

    private void Refuse(object? value, SourceSpan span, string verb)
    {
        switch (value)
        {
            case string or StringBuilderOutput or sbyte or byte or short or ushort or int or uint or long or ulong or char
                or System.Numerics.BigInteger or ScriptStringSlice:
                return;
            case null:
                throw Error(span, $"a value that is null would be {verb} as nothing", "give the variable a value, or test it first with '!= null'");
            case float or double or decimal:
                throw Error(span, $"the fraction {value} would be {verb}", "BPF has no floating point: divide integers with '//', not '/'");
            case bool:
                throw Error(span, $"'{value}' would be {verb}, which is not C", "write '? 1 : 0' behind it");
            default:
                throw Error(span, $"a {Describe(value)} would be {verb}, which is not C", "print one of its members, or loop over it");
        }
    }

    private bool JoinsNextLine(object? value)
    {
        if (value is null or string { Length: 0 } || value.ToString()!.EndsWith('\n') || !_templates.TryGetValue(_statement.FileName, out var template))
        {
            return false;
        }

        var after = template.Text.AsSpan(_statement.End.Offset + 1).TrimStart(" \t");
        return after.StartsWith("~}}") && after[3..].TrimStart(" \t").StartsWith("\n");
    }

    private static string Describe(object value) => value switch
    {
        Enum => $"C# enum value ({value.GetType().Name}.{value})",
        ScriptArray or Array => "list",
        IScriptCustomFunction => "function",
        _ => $"object ({value.GetType().Name})",
    };

    // `x = 1`, `func f` and the like yield nothing by design.
    private static bool PrintsItsValue(ScriptExpression? expression) =>
        expression is not (null or ScriptAssignExpression or ScriptAnonymousFunction or ScriptIncrementDecrementExpression);

    private SourceLine At(SourceSpan span)
    {
        var file = span.FileName ?? CurrentSourceFile ?? "?";
        return new SourceLine(file, span.Start.Line + 1, OwnerOf(file));
    }

    private bool UnknownVariable(TemplateContext context, SourceSpan span, ScriptVariable variable, out object? value)
    {
        var known = _models.SelectMany(model => model.Keys).Concat(BuiltinObject.Keys);
        throw Error(span, $"unknown variable '{variable.Name}'", NearNames.Advice(
            variable.Name,
            known,
            "declare it as a parameter or assign it first; if C braces were meant, put a space between them: '{ {'"));
    }

    private bool UnknownMember(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        var members = GetMemberAccessor(target).GetMembers(context, span, target).ToList();
        throw Error(span, $"there is no '{member}' here", NearNames.Advice(
            member,
            members,
            members.Count == 0 ? "it has no members at all" : $"it has {string.Join(", ", members.Order(StringComparer.Ordinal).Take(12))}"));
    }
}
