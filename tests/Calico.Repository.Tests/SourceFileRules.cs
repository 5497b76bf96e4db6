using System.Text.RegularExpressions;

namespace Calico.Repository.Tests;

public sealed partial class SourceFileRules
{
    private const int MostLines = 400;

    /// <summary>Files that are long for a reason; each with its reason.</summary>
    private static readonly HashSet<string> LongForAReason = [];

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var tooLong = Repository.FilesNamed(".cs", ".sbn", ".h", ".c")
            .Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal) && !LongForAReason.Contains(file))
            .Select(file => (file, lines: Repository.Lines(file).Length))
            .Where(entry => entry.lines > MostLines)
            .Select(entry => $"{entry.file} has {entry.lines} lines: split it by idea.");

        Breaches.None(tooLong);
    }

    [Fact]
    public void No_type_is_named_after_having_no_name()
    {
        var nameless =
            from file in Repository.FilesNamed(".cs")
            where !file.EndsWith(".g.cs", StringComparison.Ordinal)
            from Match match in NamelessType().Matches(Repository.Text(file))
            select $"{file}: {match.Groups["name"].Value} says what it is not; name it after what it does.";

        Breaches.None(nameless);
    }

    [Fact]
    public void Every_file_of_C_says_its_licence_in_its_first_lines()
    {
        var silent = Repository.FilesNamed(".sbn", ".h", ".c")
            .Where(file => !Repository.Lines(file).Take(5).Any(line => line.Contains("SPDX-License-Identifier: ", StringComparison.Ordinal)));

        Breaches.None(silent);
    }

    [Fact]
    public void The_eBPF_C_of_this_project_is_under_GPL_2_0_only_or_Apache_2_0()
    {
        var otherwise = Repository.FilesNamed(".sbn", ".h", ".c")
            .Where(file => file.StartsWith("bpf-templates/", StringComparison.Ordinal) || PluginTemplate().IsMatch(file))
            .Where(file => !Repository.Lines(file).Take(5).Any(line => line.Contains("SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0", StringComparison.Ordinal)));

        Breaches.None(otherwise);
    }

    [Fact]
    public void No_file_names_a_path_of_the_machine_it_was_written_on()
    {
        Breaches.None(LinesThatMatch(MachinePath(), "is a path of one machine"));
    }

    [Fact]
    public void No_file_names_the_host_of_a_registry()
    {
        Breaches.None(LinesThatMatch(RegistryHost(), "is a registry's host; where packages come from is the machine's own configuration"));
    }

    private static IEnumerable<string> LinesThatMatch(Regex pattern, string why) =>
        from file in Repository.Files
        where Repository.IsText(file)
        from line in Repository.Lines(file).Index()
        let match = pattern.Match(line.Item)
        where match.Success
        select $"{file}:{line.Index + 1}: {match.Value} {why}.";

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+(?<name>\w*(Utils?|Utility|Utilities|Helpers?|Managers?)|\w*Common([A-Z]\w*)?)\b(?!\s+\w+\s*[({])")]
    private static partial Regex NamelessType();

    [GeneratedRegex(@"^Plugins/[^/]+/bpf/")]
    private static partial Regex PluginTemplate();

    // After a word, a dot or a variable it is the end of some other path, such as `cgroup/root/` or `$prefix/home/`.
    [GeneratedRegex(@"(?<![\w.~})>*-])/(work|home|root|Users)/\w[\w.-]*|\b[A-Z]:\\[A-Z]\w+")]
    private static partial Regex MachinePath();

    // The dots are written as [.], so that this file does not match itself.
    [GeneratedRegex(@"\b(nuget[.]org|(deb|security)[.]debian[.]org|pypi[.]org|npmjs[.](org|com)|crates[.]io|proxy[.]golang[.]org|docker[.]io|ghcr[.]io|gcr[.]io|quay[.]io|mcr[.]microsoft[.]com)\b")]
    private static partial Regex RegistryHost();
}
