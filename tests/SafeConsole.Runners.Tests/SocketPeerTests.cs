using System.Diagnostics;
using System.Net.Sockets;
using SafeConsole.Runners.Sockets;
using SafeConsole.Runners.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Runners.Tests;

public sealed class SocketPeerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket listening = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public SocketPeerTests()
    {
        listening.Bind(new UnixDomainSocketEndPoint(folder.At("socket")));
        listening.Listen();
    }

    public void Dispose()
    {
        listening.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Process_beside_this_one_is_of_its_user_and_namespace() =>
        Assert.Equal(SocketPeer.Own, await PeerAsync(["python3"], "connect(); input()"));

    [Fact]
    public async Task Process_of_another_namespace_is_told_apart()
    {
        string[] alone = ["unshare", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--user", "--map-current-user"], "--fork", "--pid", "--kill-child", "python3"];

        var peer = await PeerAsync(alone, "connect(); input()");

        Assert.Equal(SocketPeer.Own.User, peer.User);
        Assert.NotEqual(SocketPeer.Own.Namespace, peer.Namespace);
        Assert.NotEqual(0UL, peer.Namespace);
    }

    [Fact]
    public async Task Process_that_has_gone_counts_as_nobodys() =>
        // The child connects and is waited for; the socket stays open in its parent.
        Assert.Equal(SocketPeer.Own with { Namespace = 0 }, await PeerAsync(["python3"], "os.fork() or (connect(), os._exit(0)); os.wait(); print(\"gone\", flush=True); input()", "gone"));

    private async Task<SocketPeer> PeerAsync(string[] python, string script, string? awaited = null)
    {
        var start = new ProcessStartInfo(python[0], [.. python[1..], "-c", "import os, socket, sys\nlink = socket.socket(socket.AF_UNIX)\ndef connect(): link.connect(sys.argv[1])\n" + script, folder.At("socket")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var link = await listening.AcceptAsync().WaitAsync(Deadline.Usual);
        if (awaited is not null)
            Assert.Equal(awaited, await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline.Usual));
        var peer = SocketPeer.Of(link);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Deadline.Usual);
        return peer;
    }
}
