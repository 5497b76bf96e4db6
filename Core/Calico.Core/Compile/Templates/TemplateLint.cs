using Scriban.Parsing;
using Scriban.Syntax;

namespace Calico.Core.Compile;

/// <summary>What parses as a template but can only be a mistake in one for C.</summary>
internal sealed class TemplateLint : ScriptVisitor
{
    private const string BracesAdvice = "if C braces were meant, put a space between them: '{ {'";

    private readonly TemplateText _template;

    private TemplateLint(TemplateText template) => _template = template;

    public static void Check(TemplateText template, ScriptPage page)
    {
        CheckLineJoins(template);
        CheckLineDirectives(template);
        new TemplateLint(template).Visit(page);
    }

    public override void Visit(ScriptExpressionStatement node)
    {
        if (node.Expression is { } expression && IsLiteral(expression) && !IsEscapedBraces(expression))
        {
            throw Error(node.Span, $"the statement '{{{{ {expression} }}}}' prints only the constant '{expression}'", BracesAdvice);
        }

        base.Visit(node);
    }

    public override void Visit(ScriptLiteral node)
    {
        // Scriban has no negative literals (the minus is an operator): a negative one is a hexadecimal that overflowed.
        if (node.Value is int and < 0 or long and < 0L)
        {
            throw Error(
                node.Span,
                $"Scriban reads the literal as {node.Value}",
                $"write {Unsigned(node.Value)} in decimal, or write the hexadecimal in the C text around the statement");
        }

        base.Visit(node);
    }

    private static ulong Unsigned(object value) => value is int i ? unchecked((uint)i) : unchecked((ulong)(long)value);

    private static bool IsLiteral(ScriptNode? node) => node switch
    {
        ScriptLiteral => true,
        ScriptNestedExpression nested => IsLiteral(nested.Expression),
        ScriptUnaryExpression unary => IsLiteral(unary.Right),
        ScriptArrayInitializerExpression array => array.Values.All(IsLiteral),
        ScriptObjectInitializerExpression obj => obj.Members.All(member => IsLiteral(member.Value)),
        _ => false,
    };

    /// <summary><c>{{ '{{' }}</c> is the way to print two braces.</summary>
    private static bool IsEscapedBraces(ScriptExpression expression) =>
        expression is ScriptLiteral { Value: string text } &&
        (text.Contains("{{", StringComparison.Ordinal) || text.Contains("}}", StringComparison.Ordinal));

    /// <summary>A joined line puts C behind a preprocessor directive or a comment, and its line number is lost.</summary>
    private static void CheckLineJoins(TemplateText template)
    {
        var text = template.Text;
        Token? enter = null;
        foreach (var token in new Lexer(text, template.DisplayPath))
        {
            if (token.Type == TokenType.CodeEnter)
            {
                if (token.End.Offset - token.Start.Offset == 2 && text[token.End.Offset] == '-' && EndsLineBefore(text, token.Start.Offset))
                {
                    throw Error(template, token.Start, "'{{-' joins this line to the one before it", JoinAdvice);
                }

                enter = token;
            }
            else if (token.Type == TokenType.CodeExit && enter is { } start)
            {
                if (text.AsSpan(start.Start.Offset, token.End.Offset + 1 - start.Start.Offset).Trim("{}~-").IsWhiteSpace())
                {
                    throw Error(template, start.Start, "the statement '{{ }}' is empty", BracesAdvice);
                }

                var trim = text[token.Start.Offset];
                if (StartsLineAfter(text, token.End.Offset + 1) &&
                    (trim == '-' || (trim == '~' && !IsFirstOnLine(text, start.Start.Offset))))
                {
                    throw Error(template, token.Start, $"'{trim}}}}}' joins the next line to this one", JoinAdvice);
                }
            }
        }
    }

    /// <summary>A template's own <c>#line</c> would put every line behind it in the wrong place.</summary>
    private static void CheckLineDirectives(TemplateText template)
    {
        var number = 0;
        foreach (var line in template.Text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimStart();
            if (trimmed.StartsWith("#") && trimmed[1..].TrimStart().StartsWith("line "))
            {
                throw Error(
                    template, new TextPosition(0, number, line.Length - trimmed.Length),
                    "the renderer writes the '#line' directives", "leave this one out");
            }

            number++;
        }
    }

    private const string JoinAdvice = "write '{{~ … ~}}' on a line of its own, or leave the mark out";

    private static bool EndsLineBefore(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        return before.TrimEnd(" \t").EndsWith("\n");
    }

    private static bool StartsLineAfter(string text, int offset)
    {
        var after = text.AsSpan(offset).TrimStart(" \t");
        // At the end of the text there is nothing to join.
        return after.Length > 1 && after[0] == '\n';
    }

    private static bool IsFirstOnLine(string text, int offset)
    {
        var before = text.AsSpan(0, offset).TrimEnd(" \t");
        return before.IsEmpty || before[^1] == '\n';
    }

    private TemplateException Error(SourceSpan span, string problem, string advice) => Error(_template, span.Start, problem, advice);

    private static TemplateException Error(TemplateText template, TextPosition at, string problem, string advice) =>
        new(template.DisplayPath, at.Line + 1, at.Column + 1, template.Owner, problem, advice);
}
