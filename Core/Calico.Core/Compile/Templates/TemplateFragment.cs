using Scriban.Runtime;

namespace Calico.Core.Compile;

/// <summary>
/// A template of another owner that a template can ask for by name with <c>{{ fragment 'NAME' }}</c>: a plugin's stage
/// inside a spine template.
/// </summary>
/// <param name="Name">What the including template calls it: the stage's name.</param>
/// <param name="Template">The template's name in its own source.</param>
/// <param name="Source">The owner's templates; an <c>include</c> inside the fragment looks here first.</param>
/// <param name="Model">Variables only this fragment sees, on top of those of the including template; null for none.</param>
public sealed record TemplateFragment(string Name, string Template, ITemplateSource Source, ScriptObject? Model = null);
