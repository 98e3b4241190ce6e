using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests;

/// <summary>The database's part of the contract: what the REPL connects to, and how a connection ends.</summary>
public abstract class RunnerDatabaseContract : RunnerTerminalContract
{
    private const string ByTcp = "socket.create_connection((\"127.0.0.1\", 5432))";
    private const string ByUnix = "socket.socket(socket.AF_UNIX); s.connect(\"/run/postgresql/.s.PGSQL.5432\")";

    [Theory]
    [InlineData(ByTcp)]
    [InlineData(ByUnix)]
    public async Task Database_connection_carries_bytes_both_ways(string connect)
    {
        Server.Database = EchoInCapitalsAsync;

        var text = await RunPythonAsync($"import socket, threading; s={connect}; s.sendall(b\"select 1;\"); print(s.recv(100)); n=3000000; threading.Thread(target=s.sendall, args=(b\"x\"*n,)).start(); print(sum(len(s.recv(1, socket.MSG_WAITALL)) for _ in range(10)) + len(s.recv(n-10, socket.MSG_WAITALL)))");

        Assert.Contains("b'SELECT 1;'", text, StringComparison.Ordinal);
        Assert.Contains("3000000", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_that_closes_ends_the_connection_after_the_last_byte()
    {
        Server.Database = async socket =>
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(new string('y', 1_000_000)), WebSocketMessageType.Binary, true, CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        };

        var text = await RunPythonAsync("import socket; s=socket.create_connection((\"127.0.0.1\", 5432)); print(len(b\"\".join(iter(lambda: s.recv(65536), b\"\"))))");

        Assert.Contains("1000000", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_that_has_finished_sending_still_gets_its_answer()
    {
        Server.Database = async socket =>
        {
            var (length, closed) = await ReadToEndAsync(socket);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"{length} {closed}"), WebSocketMessageType.Binary, true, CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        };

        var text = await RunPythonAsync("import socket; s=socket.create_connection((\"127.0.0.1\", 5432)); s.sendall(b\"z\"*100000); s.shutdown(socket.SHUT_WR); print(s.recv(100))");

        Assert.Contains("b'100000 True'", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_that_the_gateway_refuses_is_closed_and_the_next_one_works()
    {
        var first = true;
        Server.Database = socket =>
        {
            if (!first)
                return EchoInCapitalsAsync(socket);
            first = false;
            socket.Abort();
            return Task.CompletedTask;
        };

        var text = await RunPythonAsync("import socket; f=lambda: socket.create_connection((\"127.0.0.1\", 5432)); s=f(); print(s.recv(10)); s=f(); s.sendall(b\"again\"); print(s.recv(10))");

        Assert.Contains("b''", text, StringComparison.Ordinal);
        Assert.Contains("b'AGAIN'", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_nothing_listens()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Contains("refused", await repl.RunAsync("(exec 3<>/dev/tcp/127.0.0.1/5432) 2>&1 | tr A-Z a-z"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_that_is_not_read_makes_the_repl_wait_and_not_the_gateway_remember()
    {
        // The REPL writes until its terminal has taken nothing for a second, and then says by a database connection how much it took.
        const string program = """
            import os, select, socket
            os.set_blocking(1, False)
            total = 0
            while total < 100_000_000 and select.select([], [1], [], 1.0)[1]:
                total += os.write(1, b"x" * 1024)
            socket.create_connection(("127.0.0.1", 5432)).sendall(str(total).encode())
            """;
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Database = async socket =>
        {
            var buffer = new byte[100];
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            told.TrySetResult(Encoding.ASCII.GetString(buffer, 0, part.Count));
        };
        await using var repl = await Repl.LaunchAsync(Launcher, Server);

        await repl.StartAsync(["python3", "-c", program], RunnerDatabase.Postgres);

        Assert.InRange(int.Parse(await told.Task.WaitAsync(Deadline.Usual), CultureInfo.InvariantCulture), 1, 8_000_000);
    }

    private async Task<string> RunPythonAsync(string program)
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, database: RunnerDatabase.Postgres);
        return await repl.RunAsync($"python3 -c '{program}' 2>&1");
    }

    private static async Task EchoInCapitalsAsync(WebSocket socket)
    {
        var buffer = new byte[65536];
        while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
        {
            for (var i = 0; i < part.Count; i++)
                buffer[i] = (byte)char.ToUpperInvariant((char)buffer[i]);
            await socket.SendAsync(buffer.AsMemory(0, part.Count), WebSocketMessageType.Binary, true, CancellationToken.None);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static async Task<(int Length, bool Closed)> ReadToEndAsync(WebSocket socket)
    {
        var buffer = new byte[65536];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                return (length, true);
            length += part.Count;
        }
    }
}
