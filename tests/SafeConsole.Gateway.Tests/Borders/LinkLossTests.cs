using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Borders;

/// <summary>Links by TLS whose other end is gone without a word, and those whose other end is only slow.</summary>
public sealed class LinkLossTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LinkCertificate certificate = LinkCertificate.For("127.0.0.1");
    private readonly int port = FreePort.Take();
    private readonly TaskCompletionSource<ConnectionContext> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication app = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(folder.At("link.pem"), certificate.Certificate);
        await File.WriteAllTextAsync(folder.At("link.key"), certificate.Key);
        var links = LinkTls.Of(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Runners:LinkUrl"] = $"https://127.0.0.1:{port}", ["Runners:LinkCertificate"] = folder.At("link.pem"), ["Runners:LinkCertificateKey"] = folder.At("link.key"),
        }).Build())!;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            links.Configure(listen);
            listen.Run(ServeAsync);
        }));
        app = builder.Build();
        await app.StartAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public async Task Host_that_is_gone_ends_its_link(bool sending)
    {
        using var client = await ConnectAsync();
        var link = await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        DropAllThatArrives(client);
        if (sending)
            await link.Transport.Output.WriteAsync("something to be answered"u8.ToArray());

        // Half a minute, and what a busy machine adds.
        await over.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Host_that_does_not_read_keeps_its_link()
    {
        using var client = await ConnectAsync();
        var link = await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var sending = link.Transport.Output.WriteAsync(new byte[64 * 1024 * 1024]).AsTask();

        await Task.WhenAny(over.Task, sending, Task.Delay(TimeSpan.FromSeconds(40)));

        Assert.False(over.Task.IsCompleted);
        Assert.False(sending.IsCompleted);
    }

    private async Task ServeAsync(ConnectionContext link)
    {
        arrived.SetResult(link);
        try
        {
            while (await link.Transport.Input.ReadAsync() is { IsCompleted: false } read)
                link.Transport.Input.AdvanceTo(read.Buffer.End);
        }
        catch (IOException)
        {
            // It broke, which is an end too.
        }

        over.SetResult();
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var stream = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: true, (_, shown, _, _) => shown!.Export(X509ContentType.Cert).AsSpan().SequenceEqual(certificate.Load().RawData));
        await stream.AuthenticateAsClientAsync("127.0.0.1");
        return socket;
    }

    // SO_ATTACH_FILTER of socket(7): one instruction of a classic filter that keeps no byte of any packet. The kernel answers nothing then, as a host that is gone.
    private static void DropAllThatArrives(Socket socket)
    {
        var instruction = GCHandle.Alloc(new byte[] { 6, 0, 0, 0, 0, 0, 0, 0 }, GCHandleType.Pinned);
        var program = new byte[16];
        program[0] = 1;
        BitConverter.TryWriteBytes(program.AsSpan(8), (long)instruction.AddrOfPinnedObject());
        socket.SetRawSocketOption(1, 26, program);
        instruction.Free();
    }
}
