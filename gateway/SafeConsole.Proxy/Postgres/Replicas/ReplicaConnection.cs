using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>
/// A logged-in connection to the replica. SQL goes out through it as an <see cref="ApprovedStatement"/>, which only the judge can make,
/// or as a <see cref="FixedStatement"/>; there is no method that takes text.
/// </summary>
internal sealed class ReplicaConnection(Stream stream, DatabasePolicy database, string? authority) : IAsyncDisposable
{
    // A server's error may quote a large value; everything larger is streamed and never held.
    private const int IncomingLimit = 16 * 1024 * 1024;
    private const int MaximumAnswerRows = 1000;

    private readonly MessageWriter outgoing = new();

    /// <summary>What arrived from the replica.</summary>
    public FrameBuffer Incoming { get; } = new(stream, IncomingLimit);

    /// <summary>The settings that the server reported.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>The server's key for cancelling.</summary>
    public BackendKey Key { get; set; }

    /// <summary>The search_path that the session began with, as the proof saw it.</summary>
    public string? SearchPath { get; set; }

    /// <summary>The server's process, as the proof saw it; null before the proof.</summary>
    public ServerProcess? Process { get; set; }

    /// <summary>The stream, for the log-in.</summary>
    public Stream Stream => stream;

    /// <summary>Bytes that wait for <see cref="FlushAsync"/>.</summary>
    public int Unsent => outgoing.Length;

    public void SendQuery(ApprovedStatement statement) => QueryMessage.Write(outgoing, statement.Text);

    public void SendQuery(FixedStatement statement) => QueryMessage.Write(outgoing, statement.Text);

    public void SendParse(ReadOnlySpan<byte> name, ApprovedStatement statement, ReadOnlySpan<byte> parameterTypes) =>
        ParseMessage.Write(outgoing, name, statement.Text, parameterTypes);

    public void SendParse(ReadOnlySpan<byte> name, FixedStatement statement) => ParseMessage.Write(outgoing, name, statement.Text, []);

    public void SendBind(BindMessage bind) => bind.Write(outgoing);

    public void SendExecute(ExecuteMessage execute) => execute.Write(outgoing);

    public void SendDescribe(DescribeMessage describe) => describe.Write(outgoing, FrontendType.Describe);

    public void SendClose(DescribeMessage close) => close.Write(outgoing, FrontendType.Close);

    public void SendSync() => EmptyMessage.Write(outgoing, FrontendType.Sync);

    public void SendFlush() => EmptyMessage.Write(outgoing, FrontendType.Flush);

    /// <summary>Sends what was written, after <paramref name="recorded"/> completed: no record, no forward.</summary>
    public async ValueTask FlushAsync(Task recorded, CancellationToken cancellationToken)
    {
        await recorded.ConfigureAwait(false);
        await stream.WriteAsync(outgoing.Written, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        outgoing.Clear();
    }

    /// <summary>Asks one of the gateway's own questions while nothing else is under way.</summary>
    public async Task<ReplicaAnswer> AskAsync(FixedStatement question, CancellationToken cancellationToken)
    {
        SendQuery(question);
        await FlushAsync(Task.CompletedTask, cancellationToken).ConfigureAwait(false);
        var rows = new List<string?[]>();
        ErrorMessage? error = null;
        while (true)
        {
            while (Frame.TryRead(Incoming.Unread, IncomingLimit, out Frame frame))
            {
                bool ready = TakeAnswer(frame, rows, ref error);
                Incoming.Advance(frame.Length);
                if (ready)
                {
                    return new ReplicaAnswer(rows, error);
                }
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for more bytes; throws when the replica closed.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (!await Incoming.FillAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new ReplicaFailedException("The replica closed the connection.");
        }
    }

    /// <summary>Asks the server, over a connection of its own and protected in the same way, to cancel what runs here. Completes when the server has acted on it.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        Stream second = await ReplicaTransport.ConnectAsync(database, authority, threads: null, cancellationToken).ConfigureAwait(false);
        await using (second.ConfigureAwait(false))
        {
            using var request = new MessageWriter();
            CancelRequest.Write(request, Key);
            await second.WriteAsync(request.Written, cancellationToken).ConfigureAwait(false);
            await second.FlushAsync(cancellationToken).ConfigureAwait(false);
            await second.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        Incoming.Dispose();
        outgoing.Dispose();
    }

    private bool TakeAnswer(Frame frame, List<string?[]> rows, ref ErrorMessage? error)
    {
        switch (frame.Type)
        {
            case BackendType.DataRow when rows.Count < MaximumAnswerRows:
                rows.Add(DataRowMessage.Read(frame.Body));
                return false;
            case BackendType.Error:
                error ??= ErrorMessage.Read(frame.Body);
                return error.Severity is "FATAL" or "PANIC" ? throw new ReplicaFailedException(error.Message, error.SqlState) : false;
            case BackendType.ParameterStatus:
                ParameterStatusMessage status = ParameterStatusMessage.Read(frame.Body);
                Settings[status.Name] = status.Value;
                return false;
            case BackendType.RowDescription or BackendType.CommandComplete or BackendType.Notice or BackendType.EmptyQuery:
                return false;
            case BackendType.ReadyForQuery:
                return true;
            default:
                throw new ProtocolFaultException($"The replica sent an unexpected message 0x{frame.Type:x2}.");
        }
    }
}
