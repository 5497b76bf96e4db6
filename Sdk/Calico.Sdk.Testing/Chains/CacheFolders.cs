namespace Calico.Sdk.Testing;

/// <summary>Where compiled programs are kept from one test run to the next.</summary>
internal static class CacheFolders
{
    /// <summary>Names another folder.</summary>
    public const string Variable = "CALICO_TESTING_CACHE";

    /// <summary>
    /// Below the user's own cache folder, never in a folder where others could put an object that root would load.
    /// </summary>
    public static string Default()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        var root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache")
            : "/var/cache";
        return Path.Combine(root, "calico-sdk-testing");
    }
}
