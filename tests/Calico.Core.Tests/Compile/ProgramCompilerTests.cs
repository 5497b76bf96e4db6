using System.Text;
using Calico.Core.Compile;
using static Calico.Core.Tests.Compile.Rendering;

namespace Calico.Core.Tests.Compile;

public sealed class ProgramCompilerTests : IDisposable
{
    private const string Program =
        "#include <calico/bpf.h>\nSEC(\"tc\") int f(struct __sk_buff *skb)\n{\n\treturn skb->len > {{ n }};\n}\n";

    private readonly CacheFolder _cache = new();

    private CompiledObject Compile(int n = 1, string cpu = "v3") =>
        _cache.Compiler().Compile(Render(Program, new { N = n }), ClangOptions.For(cpu));

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void What_was_compiled_once_comes_from_the_cache()
    {
        var first = Compile();
        var second = Compile();

        Assert.False(first.FromCache);
        Assert.True(second.FromCache);
        Assert.Equal(first.Elf.ToArray(), second.Elf.ToArray());
        Assert.Equal("\x7f" + "ELF", Encoding.ASCII.GetString(first.Elf.Span[..4]));
    }

    [Fact]
    public void Other_source_flags_or_headers_make_another_object()
    {
        var source = Render(Program, new { N = 1 });
        string[] keys =
        [
            Compile().Key, Compile(n: 2).Key, Compile(cpu: "v2").Key,
            _cache.Compiler().Compile(source, ClangOptions.For("v3"), [new VirtualHeader("x.h", "", "x.h", "core")]).Key,
        ];

        Assert.Equal(4, keys.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_corrupted_object_is_compiled_again(int position)
    {
        var before = Compile();
        var file = Assert.Single(_cache.Objects());
        var bytes = File.ReadAllBytes(file);
        bytes[position < 0 ? ^1 : position] ^= 1;
        File.WriteAllBytes(file, bytes);

        var after = Compile();

        Assert.False(after.FromCache);
        Assert.Equal(before.Elf.ToArray(), after.Elf.ToArray());
        Assert.True(Compile().FromCache);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(500)]
    public void A_torn_object_is_compiled_again(int length)
    {
        Compile();
        var file = Assert.Single(_cache.Objects());
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..length]);

        Assert.False(Compile().FromCache);
        Assert.True(Compile().FromCache);
    }

    [Fact]
    public void Many_that_ask_at_once_get_one_and_the_same_object()
    {
        var compilers = Enumerable.Range(0, 3).Select(_ => _cache.Compiler()).ToArray();
        var source = Render(Program, new { N = 77 });
        var objects = new CompiledObject[12];

        Parallel.For(0, objects.Length, i => objects[i] = compilers[i % 3].Compile(source, ClangOptions.For("v3")));

        Assert.Single(objects.Select(o => Convert.ToHexString(o.Elf.Span)).Distinct());
        Assert.Single(_cache.Objects());
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes_in_any_folder_and_none_of_its_name()
    {
        using var other = new CacheFolder();
        var here = Compile();
        var there = other.Compiler().Compile(Render(Program, new { N = 1 }), ClangOptions.For("v3"));

        Assert.Equal(here.Elf.ToArray(), there.Elf.ToArray());
        Assert.DoesNotContain("calico-compile-test", Encoding.Latin1.GetString(here.Elf.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_objects_is_left_in_the_cache()
    {
        Compile();
        Assert.Throws<CompileException>(() => _cache.Compiler().Compile(Render("nope\n"), ClangOptions.For("v3")));

        var file = Assert.Single(Directory.EnumerateFiles(_cache.Path, "*", SearchOption.AllDirectories));
        Assert.EndsWith(".o", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_not_remembered()
    {
        var compiler = _cache.Compiler();
        var source = Render("nope\n");

        Assert.Throws<CompileException>(() => compiler.Compile(source, ClangOptions.For("v3")));
        Assert.Throws<CompileException>(() => compiler.Compile(source, ClangOptions.For("v3")));
    }

    [Fact]
    public void Two_headers_of_one_name_are_refused()
    {
        var header = new VirtualHeader("calico/bpf.h", "", "Acme/bpf/calico/bpf.h", "acme");

        var refusal = Assert.Throws<ArgumentException>(() => HeaderSet.Core.With([header]));
        Assert.Contains("two headers are called 'calico/bpf.h'", refusal.Message, StringComparison.Ordinal);
    }
}
