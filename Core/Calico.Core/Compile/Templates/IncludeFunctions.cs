using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Calico.Core.Compile;

/// <summary>A template function that takes one name and renders what it stands for in place.</summary>
internal abstract class NamedTemplateFunction : IScriptCustomFunction
{
    public int RequiredParameterCount => 1;

    public int ParameterCount => 1;

    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    public Type ReturnType => typeof(string);

    public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(string), "name");

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        Render((RenderContext)context, arguments[0] as string ?? "", callerContext!);
        // It has written by itself; null would be taken for a value that is missing.
        return "";
    }

    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        new(Invoke(context, callerContext, arguments, blockStatement));

    protected abstract void Render(RenderContext context, string name, ScriptNode caller);
}

/// <summary>
/// <c>{{ include 'x.sbn' }}</c>: looks in the including template's own source, then in that of the template the
/// rendering began with (so that a plugin's stage may include Core's).
/// </summary>
internal sealed class IncludeFunction(ITemplateSource root) : NamedTemplateFunction
{
    protected override void Render(RenderContext context, string name, ScriptNode caller)
    {
        var own = context.Including.Peek().Source;
        foreach (var source in (ITemplateSource[])[own, root])
        {
            if (source.Find(name) is { } template)
            {
                context.RenderTemplate(template, source, caller.Span);
                return;
            }
        }

        var known = own.Names.Concat(root.Names).ToList();
        throw context.Error(caller.Span, $"there is no template '{name}' to include", NearNames.Advice(
            name, known, known.Count == 0 ? "its source has no templates" : "check the name; folders are part of it"));
    }
}

/// <summary><c>{{ fragment 'NAME' }}</c>: renders what was registered under this name, from its owner's source and with its own model.</summary>
internal sealed class FragmentFunction(IReadOnlyList<TemplateFragment> fragments) : NamedTemplateFunction
{
    protected override void Render(RenderContext context, string name, ScriptNode caller)
    {
        var fragment = fragments.FirstOrDefault(candidate => candidate.Name == name) ?? throw context.Error(
            caller.Span,
            $"there is no fragment '{name}'",
            NearNames.Advice(name, fragments.Select(candidate => candidate.Name), "only what the planner placed here can be asked for"));
        var template = fragment.Source.Find(fragment.Template) ?? throw context.Error(
            caller.Span,
            $"{TemplateException.OwnerPhrase(fragment.Source.Owner)} the template '{fragment.Template}' of '{name}' does not exist",
            NearNames.Advice(fragment.Template, fragment.Source.Names, "add the file to the plugin's bpf folder, or correct the name given to Template(…)"));
        context.PushModel(fragment.Model ?? []);
        try
        {
            context.RenderTemplate(template, fragment.Source, caller.Span);
        }
        finally
        {
            context.PopModel();
        }
    }
}
