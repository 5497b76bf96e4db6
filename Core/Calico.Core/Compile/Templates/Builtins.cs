using Scriban;
using Scriban.Runtime;

namespace Calico.Core.Compile;

/// <summary>What a template may call: Scriban's functions without those that make the same input render differently twice.</summary>
internal static class Builtins
{
    public static ScriptObject Create()
    {
        var all = TemplateContext.GetDefaultBuiltinObject();
        // The time, chance, and the includes that lose positions (ours is put in their place).
        foreach (var name in (string[])["date", "timespan", "include", "include_join"])
        {
            all.Remove(name);
        }

        if (all["math"] is ScriptObject math)
        {
            var own = (ScriptObject)math.Clone(deep: false);
            own.Remove("random");
            own.Remove("uuid");
            all.SetValue("math", own, readOnly: true);
        }

        if (all["object"] is ScriptObject objects)
        {
            var own = (ScriptObject)objects.Clone(deep: false);
            own.Remove("eval");
            own.Remove("eval_template");
            all.SetValue("object", own, readOnly: true);
        }

        return all;
    }
}
