using System.Text.Encodings.Web;
using System.Text.Json;

namespace Calico.Agent.Rendering;

/// <summary>JSON as it is shown: indented, or on one line; letters stay letters.</summary>
internal static class JsonText
{
    public static string Indented(JsonElement value) => Write(value, isIndented: true);

    public static string OneLine(JsonElement value) => Write(value, isIndented: false);

    private static string Write(JsonElement value, bool isIndented)
    {
        using var stream = new MemoryStream();
        // It goes to a terminal or a file, never into a web page.
        var options = new JsonWriterOptions { Indented = isIndented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            value.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
