using System.Diagnostics;
using Calico.Core.Resources;
using Calico.Core.Resources.Folder;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Resources.Folder;

/// <summary>What is made of a folder's content, with a clock that the test turns.</summary>
public sealed class FolderTrackerTests : IDisposable
{
    private static readonly TimeSpan HalfSecond = TimeSpan.FromMilliseconds(500);
    private readonly TemporaryFolder _folder = new();
    private readonly FolderTracker _tracker;
    private readonly FolderOptions _options;
    private TimeSpan _now = TimeSpan.FromHours(1);

    public FolderTrackerTests()
    {
        _options = new FolderOptions { Folder = _folder.Path, MaxFileBytes = 64 * 1024, MaxFolderDepth = 3, MaxFiles = 50 };
        _tracker = new FolderTracker(_options);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Look() => [.. _tracker.Advance(FolderScan.Take(_options), touched: null, _now).Changes.Select(Describe)];

    private string[] LookLater()
    {
        _now += HalfSecond;
        return Look();
    }

    private string Describe(OriginChange change)
    {
        string name = Path.GetRelativePath(_folder.Path, change.Origin);
        return change switch
        {
            OriginRead read => $"{name}: {read.Documents.Length} documents",
            OriginUnreadable unreadable => $"{name}: {unreadable.Problem.Reason}",
            _ => $"{name}: gone",
        };
    }

    [Fact]
    public void Yaml_files_of_sub_folders_are_read_and_others_are_not()
    {
        _folder.Write("a.yaml", Resource.Documents(Resource.Node("a"), Resource.Node("b")));
        _folder.Write("sub/deeper/b.YML", Resource.Node("c"));
        _folder.Write("notes.txt", "hello");
        _folder.Write(".hidden.yaml", "x");
        _folder.Write(".git/c.yaml", "x");
        _folder.Write("a.yaml~", "x");
        Assert.Equal(["a.yaml: 2 documents", "sub/deeper/b.YML: 1 documents"], Look());
        Assert.Empty(Look());
    }

    [Fact]
    public void A_file_that_makes_no_sense_is_an_error_only_when_it_stays_so_for_half_a_second()
    {
        string path = _folder.Write("a.yaml", Resource.Node("a"));
        Look();
        File.WriteAllText(path, "a: [");
        Assert.Empty(Look());
        _now += HalfSecond / 2;
        Assert.Empty(Look());
        _now += HalfSecond / 2;
        Assert.StartsWith("a.yaml: is not valid YAML", Assert.Single(Look()), StringComparison.Ordinal);
        Assert.Empty(LookLater());
    }

    [Fact]
    public void A_file_that_is_still_being_written_gets_another_half_second()
    {
        string path = _folder.Write("a.yaml", "a: [");
        Assert.Empty(Look());
        _now += HalfSecond / 2;
        File.WriteAllText(path, "a: [1,");
        Assert.Empty(Look());
        _now += HalfSecond / 2;
        Assert.Empty(Look());
        File.WriteAllText(path, "a: [1, 2]\n");
        Assert.Equal(["a.yaml: 1 documents"], Look());
    }

    [Fact]
    public void A_file_cut_off_between_documents_or_in_a_line_is_doubted_too()
    {
        string path = _folder.Write("a.yaml", Resource.Documents(Resource.Node("a"), Resource.Node("b")));
        Look();
        File.WriteAllText(path, Resource.Node("a"));
        Assert.Empty(Look());
        File.WriteAllText(path, Resource.Documents(Resource.Node("a"), "kind: No"));
        Assert.Empty(Look());
        File.WriteAllText(path, "");
        Assert.Empty(Look());
        Assert.Equal(["a.yaml: 0 documents"], LookLater());
    }

    [Fact]
    public void A_file_that_comes_back_to_what_it_was_is_no_change()
    {
        string path = _folder.Write("a.yaml", Resource.Node("a"));
        Look();
        File.WriteAllText(path, "");
        Assert.Empty(Look());
        File.WriteAllText(path, Resource.Node("a"));
        Assert.Empty(Look());
        Assert.Empty(LookLater());
    }

    [Fact]
    public void A_deleted_file_and_a_deleted_folder_are_gone()
    {
        string path = _folder.Write("a.yaml", Resource.Node("a"));
        _folder.Write("sub/b.yaml", Resource.Node("b"));
        Look();
        File.Delete(path);
        Directory.Delete(_folder["sub"], recursive: true);
        Assert.Equal(["a.yaml: gone", "sub/b.yaml: gone"], Look());
    }

    [Fact]
    public void A_folder_that_went_away_is_reported_and_takes_no_file_with_it()
    {
        _folder.Write("a.yaml", Resource.Node("a"));
        Look();
        Directory.Move(_folder.Path, _folder.Path + "-away");
        Assert.Empty(Look());
        Assert.Equal([".: does not exist; create it, or name another folder under 'resources' in the configuration"], LookLater());
        Directory.Move(_folder.Path + "-away", _folder.Path);
        Assert.Equal([".: gone"], Look());
    }

    [Fact]
    public void Binary_garbage_and_foreign_encodings_are_refused_with_the_byte()
    {
        File.WriteAllBytes(_folder["a.yaml"], [0x61, 0x0A, 0x00, 0x01]);
        File.WriteAllBytes(_folder["b.yaml"], [0x61, 0x3A, 0x20, 0xE9, 0x0A]);
        Look();
        Assert.Equal(["a.yaml: is not text: byte 2 is zero", "b.yaml: is not text in UTF-8: byte 3"], LookLater());
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_taken()
    {
        _folder.Write("a.yaml", "\uFEFF" + Resource.Node("a").ReplaceLineEndings("\r\n"));
        Assert.Equal(["a.yaml: 1 documents"], Look());
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_without_reading_it()
    {
        using (FileStream file = File.Create(_folder["big.yaml"]))
        {
            file.SetLength(100L * 1024 * 1024 * 1024); // takes no room on the disk
        }

        Look();
        Assert.Equal(["big.yaml: is larger than 64 KiB; split it into several files"], LookLater());
    }

    [Fact]
    public void Links_to_files_are_followed_and_loops_and_links_to_folders_and_to_nothing_are_refused()
    {
        _folder.Write("..data/a.txt", Resource.Node("a"));
        File.CreateSymbolicLink(_folder["a.yaml"], "..data/a.txt");
        File.CreateSymbolicLink(_folder["loop.yaml"], "loop.yaml");
        File.CreateSymbolicLink(_folder["nothing.yaml"], "no-such-file");
        Directory.CreateSymbolicLink(_folder["again"], ".");
        Assert.Equal(["a.yaml: 1 documents"], Look());
        Assert.Equal(
            [
                "again: is a symbolic link to a folder, which is not followed; put the files here, or link each of them",
                "loop.yaml: is a symbolic link that leads back to itself",
                "nothing.yaml: is a symbolic link to nothing",
            ],
            LookLater());
    }

    [Fact]
    public void A_pipe_is_refused_and_not_waited_for()
    {
        using (var mkfifo = Process.Start("mkfifo", _folder["pipe.yaml"]))
        {
            mkfifo.WaitForExit();
        }

        File.CreateSymbolicLink(_folder["zero.yaml"], "/dev/zero");
        Look();
        Assert.Equal(["pipe.yaml: is a pipe, socket or device, not a file", "zero.yaml: is a link to a pipe, socket or device, not to a file"], LookLater());
    }

    [Fact]
    public void Folders_nested_too_deep_and_too_many_files_are_reported()
    {
        _folder.Write("1/2/3/ok.yaml", Resource.Node("a"));
        _folder.Write("1/2/3/4/deep.yaml", Resource.Node("b"));
        Assert.Equal(["1/2/3/ok.yaml: 1 documents"], Look());
        Assert.Equal(["1/2/3/4: is nested deeper than 3 folders"], LookLater());

        for (int index = 0; index < 60; index++)
        {
            _folder.Write($"many/{index}.yaml", Resource.Node($"n{index}"));
        }

        Look();
        Assert.Contains(".: holds more than 50 files; the rest are not read", LookLater());
    }

    [Fact]
    public void A_configmap_that_is_swapped_by_its_link_is_read_anew()
    {
        _folder.Write("..v1/a.yaml", Resource.Node("a", "1"));
        _folder.Write("..v2/a.yaml", Resource.Documents(Resource.Node("a", "2"), Resource.Node("b")));
        Directory.CreateSymbolicLink(_folder["..data"], "..v1");
        File.CreateSymbolicLink(_folder["a.yaml"], "..data/a.yaml");
        Assert.Equal(["a.yaml: 1 documents"], Look());
        Directory.Delete(_folder["..data"]);
        Directory.CreateSymbolicLink(_folder["..data"], "..v2");
        Assert.Equal(["a.yaml: 2 documents"], [.. _tracker.Advance(FolderScan.Take(_options), new HashSet<string>(), _now).Changes.Select(Describe)]);
    }
}
