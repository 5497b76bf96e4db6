using System.Text.RegularExpressions;

namespace Calico.Repository.Tests;

public sealed partial class DocumentRules
{
    [Fact]
    public void Every_link_from_a_document_to_a_file_of_this_repository_resolves()
    {
        var broken =
            from document in Repository.FilesNamed(".md")
            from Match match in Link().Matches(CodeBlock().Replace(Repository.Text(document), ""))
            let target = match.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let path = target.Split('#')[0]
            where path.Length > 0
            let full = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, path)
            where !Path.Exists(full)
            select $"{document} links to {target}, which is not there.";

        Breaches.None(broken);
    }

    [Fact]
    public void The_README_says_whose_project_this_is_not_and_gives_the_two_commands()
    {
        var readme = Repository.Text("README.md");

        Assert.Contains("not affiliated with", readme, StringComparison.Ordinal);
        Assert.Contains("./run", readme, StringComparison.Ordinal);
        Assert.Contains("./test", readme, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LICENSE")]
    [InlineData("LICENSES/Apache-2.0.txt")]
    [InlineData("LICENSES/GPL-2.0-only.txt")]
    [InlineData("bpf-templates/LICENSE")]
    [InlineData("CHANGELOG.md")]
    [InlineData("CONTRIBUTING.md")]
    public void The_document_is_there(string document)
    {
        Assert.Contains(document, Repository.Files);
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
