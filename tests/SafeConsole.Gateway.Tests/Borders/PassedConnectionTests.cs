using System.Diagnostics;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Borders;

/// <summary>What may come by a link that passes a database client's socket on: anything, for whatever runs in a runner can write to it. The steered replica echoes.</summary>
public sealed class PassedConnectionTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    // Arguments: the link socket, the key, then what is done. Prints the gateway's answer and what the database connection echoed.
    private const string Sender = """
        import array, os, socket, sys
        path, key, what = sys.argv[1:4]
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(20)
        link.connect(path)

        def tcp():
            listener = socket.create_server(("127.0.0.1", 0))
            near = socket.create_connection(listener.getsockname())
            return near, listener.accept()[0]

        def send(line, *passed):
            rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", passed))] if passed else []
            link.sendmsg([line], rights)

        line = b"safeconsole-socket/1 " + key.encode() + b"\n"
        near, far = tcp() if "unix" not in what else socket.socketpair()
        near.settimeout(20)
        if what == "nothing": send(line)
        elif what == "two": send(line, far.fileno(), near.fileno())
        elif what == "a file": send(line, os.open(sys.argv[4], os.O_RDWR))
        elif what == "a pipe": send(line, os.pipe()[0])
        elif what == "the terminal of nobody": send(line, os.open("/dev/null", os.O_RDWR))
        elif what == "datagrams": send(line, socket.socketpair(type=socket.SOCK_DGRAM)[0].detach())
        elif what == "UDP": send(line, socket.socket(type=socket.SOCK_DGRAM).detach())
        elif what == "a listener": send(line, socket.create_server(("127.0.0.1", 0)).detach())
        elif what == "an unconnected one": send(line, socket.socket().detach())
        elif what == "netlink": send(line, socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).detach())
        elif what == "no line end": send(line[:-1], far.fileno())
        elif what == "a long line": send(line[:-1] + b"x" * 200 + b"\n", far.fileno())
        elif what == "another word": send(b"s" + line, far.fileno())
        elif what == "one byte": send(b"s", far.fileno())
        else: send(line, far.fileno())
        far.close()
        print("answer", link.recv(10).decode())
        if what.startswith("good"):
            near.sendall(b"x" * 100000)
            near.shutdown(socket.SHUT_WR)
            print("echo", sum(len(part) for part in iter(lambda: near.recv(65536), b"")))
        if what.startswith("kept"):
            near.sendall(b"x")
            print("echo", len(near.recv(10)), flush=True)
            print("end", near.recv(10))
        """;

    [Theory]
    [InlineData("good")]
    public async Task A_connected_stream_socket_with_the_sessions_key_is_served(string what)
    {
        await using var script = await Script.DeveloperAsync(fixture.Gateway);
        Assert.Equal("answer a\necho 100000\n", await SendAsync(await RunningAsync(script), what));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("unix")]
    [InlineData("two")]
    [InlineData("a file")]
    [InlineData("a pipe")]
    [InlineData("the terminal of nobody")]
    [InlineData("datagrams")]
    [InlineData("UDP")]
    [InlineData("a listener")]
    [InlineData("an unconnected one")]
    [InlineData("netlink")]
    [InlineData("no line end")]
    [InlineData("a long line")]
    [InlineData("another word")]
    [InlineData("one byte")]
    public async Task Anything_else_is_refused_and_closed(string what)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("passed"), "");
        await using var script = await Script.DeveloperAsync(fixture.Gateway);
        Assert.Equal("answer r\n", await SendAsync(await RunningAsync(script), what, folder.At("passed")));
        Assert.DoesNotContain(Directory.EnumerateFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget), target => target == folder.At("passed"));
    }

    [Fact]
    public async Task A_key_of_no_session_is_refused() =>
        Assert.Equal("answer r\n", await SendAsync(new LinkKey().Secret, "good"[..3]));

    [Fact]
    public async Task A_passed_connection_ends_with_its_session()
    {
        await using var script = await Script.DeveloperAsync(fixture.Gateway);
        var session = await script.OpenAsync();
        var key = await KeyOfAsync(session);
        using var sender = Start(key, "kept", "");
        Assert.Equal("answer a", await sender.StandardOutput.ReadLineAsync());
        Assert.Equal("echo 1", await sender.StandardOutput.ReadLineAsync());
        fixture.Gateway.Sessions.Find(session)!.Ending.TryEnd(Transcripts.Events.SessionEndReason.EndedByOperator, "The test is over.");
        Assert.Equal("end b''", await sender.StandardOutput.ReadLineAsync());
    }

    // One session serves all tests that do not end it: a person has a bounded number of them.
    private async Task<string> RunningAsync(Script script) =>
        await KeyOfAsync(fixture.Gateway.Sessions.All.FirstOrDefault(session => session.Ending.Now is null)?.Id ?? await script.OpenAsync());

    private async Task<string> KeyOfAsync(string session)
    {
        await Eventually.HoldsAsync(() => fixture.Gateway.Sessions.Find(session)!.Database is not null, "the session has its database");
        return fixture.Gateway.Sessions.Find(session)!.Key.Secret;
    }

    private async Task<string> SendAsync(string key, string what, string file = "")
    {
        using var sender = Start(key, what, file);
        return await sender.StandardOutput.ReadToEndAsync();
    }

    private Process Start(string key, string what, string file) => Process.Start(
        new ProcessStartInfo("/usr/bin/python3", ["-c", Sender, fixture.Gateway.LinkSocket, key, what, file]) { RedirectStandardOutput = true })!;
}
