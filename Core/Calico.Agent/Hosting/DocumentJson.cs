using System.Globalization;
using System.Text.Json;
using Calico.Sdk.Resources;

namespace Calico.Agent.Hosting;

/// <summary>A document as it was written, as JSON.</summary>
internal static class DocumentJson
{
    public static JsonElement Of(ResourceNode document)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, document);
        }

        using JsonDocument json = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length));
        return json.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, ResourceNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                writer.WriteStartObject();
                foreach (MappingField field in mapping.Fields)
                {
                    writer.WritePropertyName(field.Name);
                    Write(writer, field.Value);
                }

                writer.WriteEndObject();
                break;
            case SequenceNode sequence:
                writer.WriteStartArray();
                foreach (ResourceNode item in sequence.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ScalarNode scalar:
                Write(writer, scalar);
                break;
            default:
                throw new InvalidOperationException($"A document holds {node.Description}, which has no JSON.");
        }
    }

    // What YAML itself would take for null, a boolean or a number is one here too.
    private static void Write(Utf8JsonWriter writer, ScalarNode scalar)
    {
        if (scalar.IsNull)
        {
            writer.WriteNullValue();
        }
        else if (scalar.IsQuoted)
        {
            writer.WriteStringValue(scalar.Text);
        }
        else if (scalar.Text is "true" or "false")
        {
            writer.WriteBooleanValue(scalar.Text == "true");
        }
        else if (long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(scalar.Text);
        }
    }
}
