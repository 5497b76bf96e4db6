using System.Net;
using System.Net.Sockets;

namespace Calico.Agent.Demo.Peers;

/// <summary>One peer: an HTTP server and a UDP echo for the others, and a control socket for the demo.</summary>
internal sealed class Peer(string name, string control) : IAsyncDisposable
{
    public const int HttpPort = 80;
    public const int UdpPort = 7;
    public const string NameHeader = "X-Peer";
    public const string FromHeader = "X-Seen-From";

    /// <summary>What it prints when it can be reached.</summary>
    public const string ReadyLine = "peer ready";

    private const int StreamChunk = 64 * 1024;

    // 13 MB/s: enough to see any pause, little enough to leave the processor to what is measured beside it.
    private static readonly TimeSpan s_streamPause = TimeSpan.FromMilliseconds(5);

    private readonly Transfer _transfer = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using WebApplication traffic = Build(options => options.ListenAnyIP(HttpPort));
        traffic.MapGet("/bytes/{count:int}", SendBytesAsync);
        traffic.MapGet("/stream", SendStreamAsync);
        await using WebApplication orders = Build(options => options.ListenUnixSocket(control));
        orders.MapPost("/probe", ProbeAsync);
        orders.MapPut("/transfer/{target}", (HttpContext context) => _transfer.Begin(Word(context, "target")));
        orders.MapGet("/transfer", context => context.Response.WriteAsJsonAsync(_transfer.Report(), PeerJson.Default.TransferReport));
        orders.MapDelete("/transfer", async context =>
            await context.Response.WriteAsJsonAsync(await _transfer.EndAsync(), PeerJson.Default.TransferReport));

        using var udp = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true };
        udp.Bind(new IPEndPoint(IPAddress.IPv6Any, UdpPort));
        await traffic.StartAsync(cancellationToken);
        await orders.StartAsync(cancellationToken);
        Console.WriteLine(ReadyLine);
        await EchoAsync(udp, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await _transfer.DisposeAsync();

    private async Task EchoAsync(Socket udp, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[UdpMessage.Most];
        var anyone = new IPEndPoint(IPAddress.IPv6Any, 0);
        while (true)
        {
            try
            {
                SocketReceiveFromResult received = await udp.ReceiveFromAsync(buffer, SocketFlags.None, anyone, cancellationToken);
                byte[] answer = UdpMessage.Answer(name, AddressOf(((IPEndPoint)received.RemoteEndPoint).Address), buffer.AsSpan(0, received.ReceivedBytes));
                await udp.SendToAsync(answer, SocketFlags.None, received.RemoteEndPoint, cancellationToken);
            }
            catch (SocketException)
            {
                // An ICMP error about an earlier answer, or no way back: the next sender is served all the same.
            }
        }
    }

    private async Task SendBytesAsync(HttpContext context)
    {
        byte[] body = new byte[int.Parse(Word(context, "count"), System.Globalization.CultureInfo.InvariantCulture)];
        Content.Fill(body, 0);
        context.Response.Headers[NameHeader] = name;
        context.Response.Headers[FromHeader] = AddressOf(context.Connection.RemoteIpAddress!);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task SendStreamAsync(HttpContext context)
    {
        byte[] chunk = new byte[StreamChunk];
        for (long position = 0; ; position += chunk.Length)
        {
            Content.Fill(chunk, position);
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            await Task.Delay(s_streamPause, context.RequestAborted);
        }
    }

    private static async Task ProbeAsync(HttpContext context)
    {
        Probe probe = (await context.Request.ReadFromJsonAsync(PeerJson.Default.Probe, context.RequestAborted))!;
        await context.Response.WriteAsJsonAsync(await Probing.RunAsync(probe, context.RequestAborted), PeerJson.Default.ProbeAnswer);
    }

    private static WebApplication Build(Action<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions> listen)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listen);
        return builder.Build();
    }

    private static string AddressOf(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    private static string Word(HttpContext context, string name) => (string)context.GetRouteValue(name)!;
}
