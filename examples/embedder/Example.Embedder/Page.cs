namespace Example.Embedder;

/// <summary>The page that shows the flows and asks for them again every two seconds.</summary>
internal static class Page
{
    public static Stream Open() => typeof(Page).Assembly.GetManifestResourceStream("page.html")!;
}
