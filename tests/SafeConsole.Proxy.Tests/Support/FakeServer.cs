using System.Net;
using System.Net.Sockets;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Postgres.Replicas;

namespace SafeConsole.Proxy.Tests.Support;

/// <summary>
/// A scripted PostgreSQL in this process, for what a real one does not do on demand. It lets everybody in, answers the gateway's proof as
/// a good standby would, and leaves everything else to the test.
/// </summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<byte, string, MessageWriter, Stream, CancellationToken, Task<bool>> answer;
    private readonly Task accepting;
    private readonly List<Task> serving = [];
    private int cancels;

    /// <summary>The answer gets each message's type and writes what it likes; false closes the connection.</summary>
    public FakeServer(Func<byte, MessageWriter, Stream, CancellationToken, Task<bool>> answer)
        : this((type, _, writer, stream, token) => answer(type, writer, stream, token))
    {
    }

    /// <summary>The answer also gets the SQL of a Query or Parse, and the kind letter of a Describe.</summary>
    public FakeServer(Func<byte, string, MessageWriter, Stream, CancellationToken, Task<bool>> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = Task.Run(AcceptAsync); // not on the test's own context, which a blocking client may hold
    }

    /// <summary>An answer to each message, written at once.</summary>
    public static FakeServer Answering(Action<byte, MessageWriter> answer) => new((type, writer, _, _) =>
    {
        answer(type, writer);
        return Task.FromResult(true);
    });

    /// <summary>How many cancel requests came.</summary>
    public int Cancels => Volatile.Read(ref cancels);

    /// <summary>Settings reported at the log-in.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        ["client_encoding"] = "UTF8", ["in_hot_standby"] = "on", ["standard_conforming_strings"] = "on", ["server_version"] = "15.0",
    };

    public DatabasePolicy Database => new(
        "postgres", "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, "recipes", "safe_reader", null, TlsMode.Disable, null,
        new ProofPolicy(true, true, TimeSpan.FromSeconds(60)));

    public ProxyHost Proxy(LimitPolicy? limits = null, ProxyOptions? options = null, TimeProvider? time = null) =>
        new(Policy.For(Database, limits), new KnownCredentials(new Dictionary<string, string>()), null, options, time, byName: true);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting; // before the listener stops: an accept that begins after that is an error of the caller
        listener.Stop();
        await Task.WhenAll(serving);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task ServeAsync(TcpClient peer)
    {
        using (peer)
        using (var incoming = new FrameBuffer(peer.GetStream(), 1 << 24))
        using (var writer = new MessageWriter())
        {
            try
            {
                if (await LogInAsync(peer.GetStream(), incoming, writer))
                {
                    await ConverseAsync(peer.GetStream(), incoming, writer);
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
            }
        }
    }

    private async Task<bool> LogInAsync(Stream stream, FrameBuffer incoming, MessageWriter writer)
    {
        int code;
        while ((code = TakeStartup(incoming)) == 0)
        {
            if (!await incoming.FillAsync(stopping.Token))
            {
                return false;
            }
        }

        if (code == StartupPacket.Cancel)
        {
            Interlocked.Increment(ref cancels);
            return false;
        }

        AuthenticationMessage.WriteOk(writer);
        foreach ((string name, string value) in Settings)
        {
            new ParameterStatusMessage(name, value).Write(writer);
        }

        BackendKeyDataMessage.Write(writer, new BackendKey(7, "01020304"));
        ReadyForQueryMessage.Write(writer, ReadyForQueryMessage.Idle);
        await SendAsync(stream, writer);
        return true;
    }

    private static int TakeStartup(FrameBuffer incoming)
    {
        if (!StartupPacket.TryRead(incoming.Unread, out StartupPacket packet))
        {
            return 0;
        }

        int code = packet.Code;
        incoming.Advance(packet.Length);
        return code;
    }

    private async Task ConverseAsync(Stream stream, FrameBuffer incoming, MessageWriter writer)
    {
        while (true)
        {
            while (TryTake(incoming, out byte type, out string sql))
            {
                if (!WriteProof(writer, sql) && !await answer(type, sql, writer, stream, stopping.Token))
                {
                    return;
                }

                await SendAsync(stream, writer);
            }

            if (!await incoming.FillAsync(stopping.Token))
            {
                return;
            }
        }
    }

    private static bool TryTake(FrameBuffer incoming, out byte type, out string sql)
    {
        (type, sql) = (0, "");
        if (!Frame.TryRead(incoming.Unread, 1 << 24, out Frame frame))
        {
            return false;
        }

        type = frame.Type;
        sql = type switch
        {
            FrontendType.Query => WireText.Decode(QueryMessage.Read(frame.Body).Sql),
            FrontendType.Parse => WireText.Decode(ParseMessage.Read(frame.Body).Sql),
            FrontendType.Describe => $"{(char)DescribeMessage.Read(frame.Body).Kind}",
            _ => "",
        };
        incoming.Advance(frame.Length);
        return true;
    }

    private static bool WriteProof(MessageWriter writer, string sql)
    {
        if (sql == FixedStatement.State.Text)
        {
            WriteState(writer);
        }
        else if (sql == FixedStatement.WriteAttempt.Text)
        {
            new ErrorMessage("ERROR", "25006", "cannot execute CREATE TABLE in a read-only transaction").WriteError(writer);
            ReadyForQueryMessage.Write(writer, ReadyForQueryMessage.Idle);
        }
        else if (sql == FixedStatement.Powers.Text || sql == FixedStatement.Begin.Text || sql == FixedStatement.Rollback.Text)
        {
            Complete(writer, "OK");
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void WriteState(MessageWriter writer)
    {
        string[] row = ["t", "0", "0/0", "on", "on", "1", "1", "1", "on", "UTF8", "safe_reader", "f", "15.0", "public", "7", "0", "0/0", "2026-01-01 00:00:00+00"];
        Row(writer, row);
        Complete(writer, "SELECT 1");
    }

    /// <summary>A DataRow of text values.</summary>
    public static void Row(MessageWriter writer, params string[] values)
    {
        writer.Begin(BackendType.DataRow).WriteInt16((short)values.Length);
        foreach (string value in values)
        {
            writer.WriteInt32(value.Length).WriteBytes(System.Text.Encoding.ASCII.GetBytes(value));
        }

        writer.End();
    }

    /// <summary>CommandComplete and ReadyForQuery.</summary>
    public static void Complete(MessageWriter writer, string tag)
    {
        writer.Begin(BackendType.CommandComplete).WriteText(tag).End();
        ReadyForQueryMessage.Write(writer, ReadyForQueryMessage.Idle);
    }

    private async Task SendAsync(Stream stream, MessageWriter writer)
    {
        await stream.WriteAsync(writer.Written, stopping.Token);
        writer.Clear();
    }
}
