using System.Globalization;
using System.Text;

namespace Calico.Sdk.Testing;

/// <content>One line, in the manner of tcpdump.</content>
public sealed partial class Packet
{
    /// <summary>The packet in one line.</summary>
    /// <returns>Such as <c>IP 10.0.0.10:40000 > 10.0.0.11:80 TCP [S] seq 1000 win 64240, length 0</c>.</returns>
    public override string ToString()
    {
        StringBuilder text = new();
        List<string> notes = [];
        for (var i = 0; i < Layers.Count; i++)
        {
            var layer = Layers[i];
            LayerPlace place = new(NetworkOf(i), i + 1 < Layers.Count ? Layers[i + 1] : null, []);
            if (layer is IPHeader ip)
            {
                var ports = Layers.Skip(i + 1).TakeWhile(inner => inner is not IPHeader).OfType<PortHeader>().FirstOrDefault();
                Word(text, $"{(ip.IsV6 ? "IP6" : "IP")} {End(ip.Source, ports?.SourcePort)} > {End(ip.Destination, ports?.DestinationPort)}");
                notes.Add(layer.Describe(place));
            }
            else
            {
                Word(text, layer.Describe(place));
            }
        }

        text.AppendJoin("", notes);
        text.Append(CultureInfo.InvariantCulture, $", length {PayloadBytes.Length}");
        return text.Append(_changes.Length > 0 ? ", changed by hand" : "").ToString();
    }

    private static void Word(StringBuilder text, string word) => text.Append(text.Length > 0 && word.Length > 0 ? " " : "").Append(word);

    private static string End(System.Net.IPAddress address, ushort? port) =>
        port is { } number ? new System.Net.IPEndPoint(address, number).ToString() : address.ToString();
}
