using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Borders;

/// <summary>What a REPL gets that asks for links without their secrets: one answer for each connection, and not many of them.</summary>
public sealed class LinkRefusalTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Thirty connections that ask as fast as they are answered, made anew when they are closed, until standard input ends. Prints the number of answers.
    private const string Flood = """
        import os, socket, sys, threading, time
        over = False
        answers = [0] * 30
        asked = b"GET /link/database HTTP/1.1\r\nHost: gateway\r\nAuthorization: Link x\r\n\r\n" * 50

        def ask(number):
            while not over:
                try:
                    with socket.socket(socket.AF_UNIX) as link:
                        link.settimeout(20)
                        link.connect(sys.argv[1])
                        link.sendall(asked)
                        while not over and (part := link.recv(1 << 16)):
                            answers[number] += part.count(b"HTTP/1.1 401")
                            if part.endswith(b"\n") or part.endswith(b"}"):
                                link.sendall(asked)
                except OSError:
                    pass

        threads = [threading.Thread(target=ask, args=[number]) for number in range(30)]
        for thread in threads: thread.start()
        print("flooding", flush=True)
        sys.stdin.read()
        over = True
        for thread in threads: thread.join()
        print(sum(answers))
        """;

    [Theory]
    [InlineData("/link/database", "401")]
    [InlineData("/link/terminal", "401")]
    [InlineData("/health", "404")]
    public async Task A_refused_link_is_closed_with_its_first_answer(string path, string status)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(fixture.Gateway.LinkSocket));
        AssertOneAnswer(await AskTwiceAsync(new NetworkStream(socket), path), status);
    }

    [Theory]
    [InlineData("/link/database", "401")]
    [InlineData("/health", "404")]
    public async Task A_link_refused_by_tls_is_closed_with_its_first_answer(string path, string status)
    {
        using var folder = new TemporaryFolder();
        var certificate = LinkCertificate.For("127.0.0.1");
        await File.WriteAllTextAsync(folder.At("link.pem"), certificate.Certificate);
        await File.WriteAllTextAsync(folder.At("link.key"), certificate.Key);
        var port = FreePort.Take();
        await using var gateway = await TestGateway.StartAsync(settings: new()
        {
            ["Runners:LinkUrl"] = $"https://127.0.0.1:{port}",
            ["Runners:LinkCertificate"] = folder.At("link.pem"),
            ["Runners:LinkCertificateKey"] = folder.At("link.key"),
        });
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        await tls.AuthenticateAsClientAsync("127.0.0.1");
        AssertOneAnswer(await AskTwiceAsync(tls, path), status);
    }

    [Fact]
    public async Task A_flood_of_refused_links_holds_up_nobody_else()
    {
        using var http = new HttpClient { BaseAddress = new Uri(fixture.Gateway.Origin) };
        await MedianAsync(http);
        var quiet = await MedianAsync(http);

        using var flood = Process.Start(new ProcessStartInfo("nice", ["python3", "-c", Flood, fixture.Gateway.LinkSocket]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("flooding", await flood.StandardOutput.ReadLineAsync());
        var clock = Stopwatch.StartNew();
        var flooded = await MedianAsync(http);
        flood.StandardInput.Close();
        var answers = int.Parse(await flood.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);

        Assert.True(flooded < quiet * 10 + TimeSpan.FromMilliseconds(50), $"/health took {flooded.TotalMilliseconds:0} ms beside the flood, {quiet.TotalMilliseconds:0} ms before");
        Assert.InRange(answers, 1, 30 * (1 + clock.Elapsed / LinkRefusals.Pace));
    }

    private static async Task<TimeSpan> MedianAsync(HttpClient http)
    {
        var taken = new List<TimeSpan>();
        for (var clock = Stopwatch.StartNew(); taken.Count < 15 || clock.Elapsed < TimeSpan.FromSeconds(2);)
        {
            var began = clock.Elapsed;
            (await http.GetAsync("/health")).EnsureSuccessStatusCode();
            taken.Add(clock.Elapsed - began);
        }
        taken.Sort();
        return taken[taken.Count / 2];
    }

    private static async Task<string> AskTwiceAsync(Stream link, string path)
    {
        var request = $"GET {path} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Link x\r\n\r\n";
        await link.WriteAsync(Encoding.ASCII.GetBytes(request + request));
        var answer = new MemoryStream();
        try
        {
            await link.CopyToAsync(answer).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // The second request was not read, which closes the connection with a reset.
        }
        return Encoding.ASCII.GetString(answer.ToArray());
    }

    private static void AssertOneAnswer(string answer, string status)
    {
        Assert.StartsWith("HTTP/1.1 " + status, answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(2, answer.Split("HTTP/1.1 ").Length);
    }
}
