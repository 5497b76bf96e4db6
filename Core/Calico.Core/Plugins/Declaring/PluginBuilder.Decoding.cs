using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calico.Core.Plugins;

/// <content>Names for numbers.</content>
internal sealed partial class PluginBuilder
{
    private readonly List<PluginDecoder> _decoders = [];

    public void Decoder<TDecoder>(string name)
        where TDecoder : class, IIdDecoder
    {
        Check(NameRules.ExplainSnakeCase(name), "decoder", name, nameof(name));
        RefuseSecond(_decoders.Exists(decoder => decoder.Name == name), "decoder", name, nameof(name));
        _services.TryAddSingleton<TDecoder>();
        _decoders.Add(new PluginDecoder<TDecoder>(name));
    }

    // When all is said: a field may be declared before its decoder.
    private void CheckDecodersOfFields()
    {
        foreach (var field in _flowFields.Where(field => field.Decoder is not null && !_decoders.Exists(decoder => decoder.Name == field.Decoder)))
        {
            StageBuilder.ThrowIf($"it names the decoder '{field.Decoder}', which the plugin does not add. Add it with Decoder<T>(\"{field.Decoder}\").", $"The flow field '{field.Name}'", "decoder");
        }
    }
}
