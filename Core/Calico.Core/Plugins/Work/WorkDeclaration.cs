namespace Calico.Core.Plugins;

/// <summary>What a plugin does in the background.</summary>
internal enum WorkKind
{
    /// <summary>It gives resources.</summary>
    Source = 0,

    /// <summary>It applies resources.</summary>
    Reconciler = 1,

    /// <summary>It does as it likes.</summary>
    Service = 2,
}

/// <summary>Something that a plugin wants to be run.</summary>
/// <param name="Kind">How it is run.</param>
/// <param name="Name">What a message calls it.</param>
/// <param name="Type">What the plugin's container makes.</param>
internal sealed record WorkDeclaration(WorkKind Kind, string Name, Type Type);
