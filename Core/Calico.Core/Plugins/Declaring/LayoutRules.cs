using Calico.Core.Compile;

namespace Calico.Core.Plugins;

/// <summary>What a C# type must be to stand in a map, a flow or a packet's metadata. Null, or what is wrong with it.</summary>
/// <remarks>The same rules again decide when the C declarations are emitted; here they name the line that declares.</remarks>
internal static class LayoutRules
{
    public static string? Explain(Type type)
    {
        if (CTypeMapping.Primitive(type) is not null)
        {
            return null;
        }

        try
        {
            CTypeMapping.Require(type, type, "it");
            _ = CLayout.Of(type);
            return null;
        }
        catch (CTypeException refused)
        {
            return refused.Message;
        }
    }
}
