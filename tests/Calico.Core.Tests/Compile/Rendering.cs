using Calico.Core.Compile;

namespace Calico.Core.Tests.Compile;

internal static class Rendering
{
    public static InMemoryTemplates Plugin(params IEnumerable<(string Name, string Text)> templates) => new(
        "acme.ratelimit", "Acme.RateLimit/bpf/", templates.Select(pair => KeyValuePair.Create(pair.Name, pair.Text)));

    public static RenderedSource Render(string text, object? model = null) =>
        TemplateRenderer.Render("a.sbn", Plugin(("a.sbn", text)), model);

    public static TemplateException Refusal(string text, object? model = null) =>
        Assert.Throws<TemplateException>(() => Render(text, model));
}
