namespace Calico.Sdk.Check;

/// <summary>The codes of errors and warnings; docs/reference/plugin-package.md lists them. 1000 and 1006 are the targets' own.</summary>
internal static class Codes
{
    /// <summary>clang refused a stage.</summary>
    public const string Compile = "CALICO1001";

    /// <summary>A template cannot be rendered.</summary>
    public const string Template = "CALICO1002";

    /// <summary>Configure declared something wrong, or threw.</summary>
    public const string Declaration = "CALICO1003";

    /// <summary>What was declared makes no chain.</summary>
    public const string Plan = "CALICO1004";

    /// <summary>The assembly is no plugin that a host would load.</summary>
    public const string Load = "CALICO1005";

    /// <summary>There is no clang: the C was not compiled.</summary>
    public const string NoClang = "CALICO2001";

    /// <summary>It needs a stage or a plugin of others, which a build does not know.</summary>
    public const string Others = "CALICO2002";
}
