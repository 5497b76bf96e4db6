using Calico.Sdk;
using Calico.Sdk.Resources;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calico.Core.Plugins;

/// <content>Resources, and what runs beside the chain.</content>
internal sealed partial class PluginBuilder
{
    private readonly List<ResourceKind> _kinds = [];
    private readonly List<WorkDeclaration> _work = [];

    public void Resource<T>(ResourceKind<T> kind)
        where T : class, IResource
    {
        ArgumentNullException.ThrowIfNull(kind);
        string name = $"{kind.Kind} of {kind.ApiVersion}";
        Check(NameRules.ExplainKind(kind.Kind), "kind", name, nameof(kind));
        Check(NameRules.ExplainApiVersion(kind.ApiVersion), "kind", name, nameof(kind));
        RefuseSecond(_kinds.Any(known => known.Kind == kind.Kind && known.ApiVersion == kind.ApiVersion), "kind", name, nameof(kind));
        _kinds.Add(kind);
    }

    public void ResourceSource<TSource>(string name)
        where TSource : class, IResourceSource
    {
        Check(NameRules.ExplainWord(name), "resource source", name, nameof(name));
        RefuseSecond(_work.Any(work => work.Kind == WorkKind.Source && work.Name == name), "resource source", name, nameof(name));
        AddWork<TSource>(WorkKind.Source, "resource source", name);
    }

    public void Reconciler<TReconciler>()
        where TReconciler : class, IReconciler => AddWork<TReconciler>(WorkKind.Reconciler, "reconciler", typeof(TReconciler).Name);

    public void Service<TService>()
        where TService : class, IPluginService => AddWork<TService>(WorkKind.Service, "service", typeof(TService).Name);

    private void AddWork<T>(WorkKind kind, string what, string name)
        where T : class
    {
        RefuseSecond(_work.Any(work => work.Kind == kind && work.Type == typeof(T)), what, name, nameof(T));
        _services.TryAddSingleton<T>();
        _work.Add(new WorkDeclaration(kind, name, typeof(T)));
    }
}
