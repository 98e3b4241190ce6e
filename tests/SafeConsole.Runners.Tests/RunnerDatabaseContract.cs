using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections;
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
        Server.Database = stream => stream.WriteAsync(Encoding.ASCII.GetBytes(new string('y', 1_000_000))).AsTask();

        var text = await RunPythonAsync("import socket; s=socket.create_connection((\"127.0.0.1\", 5432)); print(len(b\"\".join(iter(lambda: s.recv(65536), b\"\"))))");

        Assert.Contains("1000000", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_that_has_finished_sending_still_gets_its_answer()
    {
        Server.Database = async stream => await stream.WriteAsync(Encoding.ASCII.GetBytes($"{await ReadToEndAsync(stream)} in all"));

        var text = await RunPythonAsync("import socket; s=socket.create_connection((\"127.0.0.1\", 5432)); s.sendall(b\"z\"*100000); s.shutdown(socket.SHUT_WR); print(s.recv(100))");

        Assert.Contains("b'100000 in all'", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_that_the_gateway_cuts_is_closed_and_the_next_one_works()
    {
        var first = true;
        Server.Database = async stream =>
        {
            if (!first)
            {
                await EchoInCapitalsAsync(stream);
                return;
            }
            first = false;
            await stream.ReadAtLeastAsync(new byte[10], 4);
            throw new ConnectionAbortedException();
        };

        var text = await RunPythonAsync("import socket; f=lambda: socket.create_connection((\"127.0.0.1\", 5432)); s=f(); s.sendall(b\"once\"); print(s.recv(10)); s=f(); s.sendall(b\"again\"); print(s.recv(10))");

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
        Server.Database = async stream =>
        {
            var buffer = new byte[100];
            told.TrySetResult(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
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

    private static async Task EchoInCapitalsAsync(Stream stream)
    {
        var buffer = new byte[65536];
        while (await stream.ReadAsync(buffer) is > 0 and var length)
        {
            for (var i = 0; i < length; i++)
                buffer[i] = (byte)char.ToUpperInvariant((char)buffer[i]);
            await stream.WriteAsync(buffer.AsMemory(0, length));
        }
    }

    private static async Task<int> ReadToEndAsync(Stream stream)
    {
        var buffer = new byte[65536];
        var length = 0;
        while (await stream.ReadAsync(buffer) is > 0 and var read)
            length += read;
        return length;
    }
}
