using System.Runtime.CompilerServices;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <content>Fields of the flow and of the packet.</content>
internal sealed partial class PluginBuilder
{
    private const int MaxFieldSize = 16;

    private readonly List<FieldDeclaration> _flowFields = [];
    private readonly List<FieldDeclaration> _packetFields = [];

    public FlowField<T> FlowField<T>(string name, string? decoder = null)
        where T : unmanaged
    {
        AddField<T>(_flowFields, "flow field", name);
        _flowFields[^1] = _flowFields[^1] with { Decoder = decoder };
        return new FlowField<T>(Id, name);
    }

    public void PacketField<T>(string name)
        where T : unmanaged => AddField<T>(_packetFields, "packet field", name);

    private void AddField<T>(List<FieldDeclaration> fields, string what, string name)
        where T : unmanaged
    {
        Check(NameRules.ExplainSnakeCase(name), what, name, nameof(name));
        RefuseSecond(fields.Any(field => field.Name == name), what, name, nameof(name));
        int size = Unsafe.SizeOf<T>();
        Check(size > MaxFieldSize ? $"its type {typeof(T).Name} has {size} bytes, at most {MaxFieldSize} fit. Keep what is larger in a map of its own." : null, what, name, nameof(name));
        Check(LayoutRules.Explain(typeof(T)) is { } wrong ? "its type " + wrong : null, what, name, nameof(T));
        fields.Add(new FieldDeclaration(Id, name, typeof(T), size));
    }
}
