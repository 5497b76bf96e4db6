using System.Runtime.InteropServices;

namespace Calico.Kernel.Tests.Support;

/// <summary>Compiles a test's C with clang, without any of the project's own rendering.</summary>
internal static class CompiledC
{
    private const string Prelude =
        """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        char _license[] SEC("license") = "Dual BSD/GPL";

        """;

    private static string Machine => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";

    /// <summary>Gives the object of the prelude (kernel types, helpers, licence) followed by <paramref name="source"/>, whose first line is line 1 of test.c.</summary>
    public static byte[] Compile(string source)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("calico-bpf-test-");
        try
        {
            string c = Path.Combine(folder.FullName, "test.c");
            string o = Path.Combine(folder.FullName, "test.o");
            File.WriteAllText(c, Prelude + "#line 1 \"test.c\"\n" + source);
            // Where Debian keeps <asm/…>, which clang does not search for BPF.
            string include = Directory.GetDirectories("/usr/include", $"{Machine}-linux-gnu*").Single();
            Shell.Run("clang-19", "-target", "bpf", "-mcpu=v3", "-O2", "-g", "-Wall", "-Werror", "-idirafter", include, "-c", c, "-o", o);
            return File.ReadAllBytes(o);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
