namespace Calico.Core.Tests;

/// <summary>Holds a text to a file beside the test; <c>CALICO_UPDATE_GOLDEN=1</c> writes the files anew, for a person to review the difference.</summary>
internal static class GoldenFile
{
    /// <param name="path">Below the test project, such as <c>Compile/golden/structs.golden</c>.</param>
    /// <param name="actual">The text as it is now.</param>
    public static void Check(string path, string actual)
    {
        var full = Path.Combine(ProjectFolder(), path);
        if (Environment.GetEnvironmentVariable("CALICO_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, actual);
        }

        Assert.True(File.Exists(full), $"There is no golden file {path}; run once with CALICO_UPDATE_GOLDEN=1 and review it.");
        Assert.Equal(File.ReadAllText(full), actual);
    }

    private static string ProjectFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && folder.GetFiles("Calico.Core.Tests.csproj").Length == 0)
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Calico.Core.Tests.csproj above {AppContext.BaseDirectory}.");
    }
}
