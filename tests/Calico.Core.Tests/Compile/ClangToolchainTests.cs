using System.Runtime.Versioning;
using Calico.Core.Compile;

namespace Calico.Core.Tests.Compile;

[SupportedOSPlatform("linux")]
public sealed class ClangToolchainTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calico-compile-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Fake(string name, int version)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\necho 'Debian clang version {version}.0.1 (3~deb12u1)'\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    [Fact]
    public void The_newest_is_taken_by_number_and_not_by_letter()
    {
        Fake("clang-9", 9);
        Fake("clang-15", 15);
        Fake("clang-100", 100);
        Fake("clang", 16);

        Assert.Equal(100, ClangToolchain.Find([_folder]).Version);
    }

    [Fact]
    public void A_plain_clang_is_taken_if_it_is_newer()
    {
        Fake("clang-15", 15);
        Fake("clang", 16);

        Assert.EndsWith("/clang", ClangToolchain.Find([_folder]).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_tools_of_clang_are_not_the_compiler()
    {
        Fake("clang-format-20", 20);
        Fake("clang-cpp-20", 20);
        Fake("clang-14", 14);

        Assert.Equal(14, ClangToolchain.Find([_folder]).Version);
    }

    [Fact]
    public void Without_a_compiler_the_error_says_what_to_install()
    {
        var refusal = Assert.Throws<ClangNotFoundException>(() => ClangToolchain.Find([_folder]));

        Assert.Contains("apt-get install clang-19", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compiler_that_is_too_old_is_named()
    {
        Fake("clang-11", 11);

        var refusal = Assert.Throws<ClangNotFoundException>(() => ClangToolchain.Find([_folder]));

        Assert.Contains("clang-11 is clang 11, but at least 14 is needed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void This_machines_compiler_is_found() => Assert.True(ClangToolchain.Find().Version >= ClangToolchain.OldestVersion);
}
