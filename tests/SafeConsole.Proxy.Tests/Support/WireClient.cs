using System.Net.Sockets;
using System.Text;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Tests.Support;

/// <summary>A client that writes exactly the messages it is told to, and says in a short form what came back: `T D C:SELECT 1 Z:I`.</summary>
internal sealed class WireClient : IDisposable
{
    private readonly TcpClient socket = new();
    private readonly MessageWriter writer = new();
    private FrameBuffer incoming = null!;

    public NetworkStream Stream => socket.GetStream();

    /// <summary>What the server said before its first ReadyForQuery, in the short form.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>The key for cancel requests that the greeting gave.</summary>
    public BackendKey Key { get; private set; }

    public static async Task<WireClient> ConnectAsync(int port)
    {
        var client = new WireClient();
        await client.socket.ConnectAsync("127.0.0.1", port);
        client.socket.NoDelay = true;
        client.incoming = new FrameBuffer(client.Stream, 16 * 1024 * 1024);
        return client;
    }

    public static async Task<WireClient> StartAsync(int port, string database, params KeyValuePair<string, string>[] more)
    {
        WireClient client = await ConnectAsync(port);
        StartupMessage.Write(client.writer, [new("user", "safe_reader"), new("database", database), .. more]);
        await client.SendAsync();
        client.Greeting = await client.ReadAsync(1);
        return client;
    }

    public WireClient Query(string sql)
    {
        QueryMessage.Write(writer, sql);
        return this;
    }

    public WireClient Parse(string name, string sql)
    {
        ParseMessage.Write(writer, Encoding.UTF8.GetBytes(name), sql, []);
        return this;
    }

    public WireClient Bind(string portal, string statement, params string[] values)
    {
        writer.Begin(FrontendType.Bind).WriteText(portal).WriteText(statement).WriteInt16(0).WriteInt16((short)values.Length);
        foreach (string value in values)
        {
            writer.WriteInt32(Encoding.UTF8.GetByteCount(value)).WriteBytes(Encoding.UTF8.GetBytes(value));
        }

        writer.WriteInt16(0).End();
        return this;
    }

    public WireClient Describe(char kind, string name)
    {
        writer.Begin(FrontendType.Describe).WriteByte((byte)kind).WriteText(name).End();
        return this;
    }

    public WireClient Close(char kind, string name)
    {
        writer.Begin(FrontendType.Close).WriteByte((byte)kind).WriteText(name).End();
        return this;
    }

    public WireClient Execute(string portal, int rows = 0)
    {
        writer.Begin(FrontendType.Execute).WriteText(portal).WriteInt32(rows).End();
        return this;
    }

    public WireClient Flush()
    {
        EmptyMessage.Write(writer, FrontendType.Flush);
        return this;
    }

    public WireClient Sync()
    {
        EmptyMessage.Write(writer, FrontendType.Sync);
        return this;
    }

    public WireClient Raw(ReadOnlySpan<byte> bytes)
    {
        writer.WriteBytes(bytes);
        return this;
    }

    public async Task SendAsync(int piece = int.MaxValue)
    {
        for (int sent = 0; sent < writer.Length; sent += piece)
        {
            await Stream.WriteAsync(writer.Written.Slice(sent, Math.Min(piece, writer.Length - sent)));
        }

        writer.Clear();
    }

    /// <summary>Sends what was written and reads up to a number of ReadyForQuery, or to the end of the connection.</summary>
    public async Task<string> ExchangeAsync(int ready, int piece = int.MaxValue)
    {
        await SendAsync(piece);
        return await ReadAsync(ready);
    }

    public async Task<string> ReadAsync(int ready)
    {
        var seen = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (ready > 0)
        {
            while (ready > 0 && Frame.TryRead(incoming.Unread, 16 * 1024 * 1024, out Frame frame))
            {
                Key = frame.Type == BackendType.BackendKeyData ? BackendKeyDataMessage.Read(frame.Body) : Key;
                seen.Add(Describe(frame));
                ready -= frame.Type == BackendType.ReadyForQuery ? 1 : 0;
                incoming.Advance(frame.Length);
            }

            if (ready > 0 && !await FillAsync(patience.Token))
            {
                seen.Add("EOF");
                break;
            }
        }

        return string.Join(' ', seen);
    }

    public void Dispose()
    {
        socket.Dispose();
        writer.Dispose();
        incoming.Dispose();
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await incoming.FillAsync(cancellationToken);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Describe(Frame frame)
    {
        char type = (char)frame.Type;
        return frame.Type switch
        {
            BackendType.Error or BackendType.Notice => $"{type}:{ErrorMessage.Read(frame.Body).SqlState}",
            BackendType.ReadyForQuery => $"{type}:{(char)ReadyForQueryMessage.Read(frame.Body)}",
            BackendType.CommandComplete => $"{type}:{WireText.Decode(new MessageReader(frame.Body).ReadText())}",
            BackendType.DataRow => $"{type}:{string.Join(',', DataRowMessage.Read(frame.Body))}",
            _ => type.ToString(),
        };
    }
}
