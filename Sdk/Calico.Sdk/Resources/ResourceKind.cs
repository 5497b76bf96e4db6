namespace Calico.Sdk.Resources;

/// <summary>A kind of resource: its names, and how an object of it is read from a document.</summary>
/// <remarks>A plugin makes a <see cref="ResourceKind{T}"/>; this type is what Core holds of it.</remarks>
public abstract class ResourceKind
{
    private protected ResourceKind(string apiVersion, string kind, bool isNamespaced, Type type)
    {
        ArgumentException.ThrowIfNullOrEmpty(apiVersion);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ApiVersion = apiVersion;
        Kind = kind;
        IsNamespaced = isNamespaced;
        Type = type;
    }

    /// <summary>The group and version, such as <c>projectcalico.org/v3</c>.</summary>
    public string ApiVersion { get; }

    /// <summary>The kind's name as documents write it, such as <c>WorkloadEndpoint</c>.</summary>
    public string Kind { get; }

    /// <summary>Whether objects of the kind live in a namespace.</summary>
    public bool IsNamespaced { get; }

    /// <summary>The type of the kind's objects.</summary>
    public Type Type { get; }

    /// <summary>Reads an object; see <see cref="ResourceKind{T}"/>.</summary>
    /// <param name="document">The whole document.</param>
    /// <param name="metadata">Its metadata, already read.</param>
    /// <returns>The object, worth something only if no error was recorded.</returns>
    public abstract IResource Parse(FieldReader document, ObjectMeta metadata);
}

/// <summary>A kind of resource whose objects are of type <typeparamref name="T"/>.</summary>
/// <typeparam name="T">An immutable record.</typeparam>
/// <remarks>
/// The parse function reads what lies beside <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>, usually <c>spec</c>. It records
/// problems through the reader and does not throw; if it throws all the same, the document is refused with the exception's message.
/// It may run on any thread, for several documents at once, and runs again for a document when its kind is registered anew: it must
/// not have effects. Fields that it did not ask for are refused after it.
/// </remarks>
public sealed class ResourceKind<T> : ResourceKind
    where T : class, IResource
{
    private readonly Func<FieldReader, ObjectMeta, T> _parse;

    /// <summary>Makes a kind.</summary>
    /// <param name="apiVersion">The group and version, such as <c>ratelimit.example.com/v1</c>.</param>
    /// <param name="kind">The kind's name as documents write it.</param>
    /// <param name="isNamespaced">Whether objects of the kind live in a namespace.</param>
    /// <param name="parse">Reads an object from a document and its metadata.</param>
    public ResourceKind(string apiVersion, string kind, bool isNamespaced, Func<FieldReader, ObjectMeta, T> parse)
        : base(apiVersion, kind, isNamespaced, typeof(T))
    {
        ArgumentNullException.ThrowIfNull(parse);
        _parse = parse;
    }

    /// <inheritdoc/>
    public override IResource Parse(FieldReader document, ObjectMeta metadata) => _parse(document, metadata);
}
