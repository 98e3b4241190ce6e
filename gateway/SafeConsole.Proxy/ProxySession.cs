using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Proxy.Postgres.Proving;
using SafeConsole.Proxy.Postgres.Replicas;
using SafeConsole.Proxy.Threads;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy;

/// <summary>The database side of one console session: proves the replica, then relays each of the REPL's connections through the gate. Thread-safe.</summary>
public sealed class ProxySession : IAsyncDisposable
{
    private readonly string session;
    private readonly string target;
    private readonly ProxyOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<ProxySession> log;
    private readonly SessionRecord record;
    private readonly ReplicaLogin login;
    private readonly PostgresConnections connections;
    private readonly TaskCompletionSource<string> tripped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource ending = new();
    private ReplicaWatch? watch;

    /// <summary>Serves a session on <paramref name="target"/>; each statement is judged by what <paramref name="policies"/> holds at that moment.</summary>
    public ProxySession(
        string session, string target, PolicyStore policies, StatementJudge judge, ReplicaControls controls, ICredentialSource credentials, Transcript transcript,
        ProxyOptions options, TimeProvider time, ILogger<ProxySession> log)
        : this(session, target, () => policies.Current, judge, controls, credentials, transcript, options, time, log)
    {
    }

    internal ProxySession(
        string session, string target, Func<PolicySnapshot> currentPolicies, StatementJudge judge, ReplicaControls? controls, ICredentialSource credentials,
        Transcript transcript, ProxyOptions options, TimeProvider time, ILogger<ProxySession> log)
    {
        this.session = session;
        this.target = target;
        this.options = options;
        this.time = time;
        this.log = log;
        record = new SessionRecord(transcript);
        login = new ReplicaLogin(credentials);
        connections = new PostgresConnections(target, currentPolicies, judge, login, controls, record, options, time, Trip,
            defect => ProxySessionLog.JudgeFailed(log, defect, session));
    }

    /// <summary>A statement is running: activity, for the idle limit.</summary>
    public bool IsBusy => connections.AnyBusy;

    /// <summary>Completes with a sentence when the replica stopped being a safe replica; every connection was cut by then. Never otherwise.</summary>
    public Task<string> Tripped => tripped.Task;

    /// <summary>What the session's statements came to so far.</summary>
    public ProxyTotals Totals => record.Totals;

    /// <summary>
    /// Makes the pin proof on a connection of its own and records it as that of connection 0. A replica that cannot be reached or
    /// does not answer is a proof that failed, not an exception. Throws <see cref="TranscriptFailedException"/>.
    /// </summary>
    public async Task<PinProof> ProveAsync(CancellationToken cancellationToken)
    {
        PinProof proof = await MakeProofAsync(cancellationToken).ConfigureAwait(false);
        await record.Append(new ReplicaProven(0, proof.Passed, proof.Checks)).ConfigureAwait(false);
        if (!proof.Passed)
        {
            ProxySessionLog.ProofFailed(log, session, target, proof.Sentence);
        }

        return proof;
    }

    /// <summary>
    /// Serves one database connection of the REPL's until it ends, and records it. The stream stays the caller's to close, and must honour
    /// cancellation of its reads and writes. Throws <see cref="TranscriptFailedException"/> when the beginning or the end cannot be recorded.
    /// </summary>
    public Task<RelayEnd> RelayAsync(Stream client, CancellationToken cancellationToken) => RelayAsync(client, null, cancellationToken);

    /// <summary>
    /// Serves a connection whose client's own socket this is, on threads that wait in the kernel. Socket and threads stay the caller's to dispose. Ends and throws as
    /// the other does.
    /// </summary>
    public Task<RelayEnd> RelayAsync(Socket client, RelayThreadPair threads, CancellationToken cancellationToken) =>
        RelayAsync(new SocketStream(client, reads: threads.Forth, writes: threads.Back), threads, cancellationToken);

    /// <summary>Ends every connection and cancels what they run.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        connections.CutAll("The session ended.");
        Interlocked.Exchange(ref watch, null)?.Dispose();
    }

    private async Task<RelayEnd> RelayAsync(Stream client, RelayThreadPair? threads, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, cancellationToken);
        var connection = new PostgresConnection(connections, client, threads);
        await using (connection.ConfigureAwait(false))
        {
            connections.Add(connection);
            try
            {
                RelayEnd end = await connection.ServeAsync(both.Token).ConfigureAwait(false);
                await RecordEndAsync(connection, end).ConfigureAwait(false);
                return end;
            }
            finally
            {
                connections.Remove(connection);
            }
        }
    }

    private async Task<PinProof> MakeProofAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            TargetPolicy policy = connections.CurrentPolicy() ?? throw new ReplicaFailedException("The policy of this target was removed.");
            ReplicaConnection replica = await login.OpenAsync(policy, [], threads: null, both.Token).ConfigureAwait(false);
            await using (replica.ConfigureAwait(false))
            {
                PinProof proof = await ReplicaProver.ProveAsync(replica, policy, both.Token).ConfigureAwait(false);
                if (proof.Passed)
                {
                    await WatchAsync(policy.Database, both.Token).ConfigureAwait(false);
                    connections.Proven = policy.Database;
                }

                return proof;
            }
        }
        catch (Exception failure) when (failure is ReplicaFailedException or ProtocolFaultException or IOException)
        {
            return Unproven(failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unproven($"the replica did not answer within {options.ConnectTimeout.TotalSeconds:0} s");
        }
    }

    /// <summary>Reads what names mean in the database, and notices from now on when it stops being a replica, also while no statement runs.</summary>
    private async Task WatchAsync(DatabasePolicy database, CancellationToken cancellationToken)
    {
        ReplicaWatch? begun = connections.Watch(database);
        Interlocked.Exchange(ref watch, begun)?.Dispose();
        if (begun is not null)
        {
            await begun.Control.CheckAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static PinProof Unproven(string evidence) => PinProof.Of([new ReplicaCheck("connection", false, false, evidence)]);

    private async Task RecordEndAsync(PostgresConnection connection, RelayEnd end)
    {
        if (connection.Unexpected is { } failure)
        {
            ProxySessionLog.Defect(log, failure, session, connection.Number);
        }

        if (connection.Number > 0)
        {
            ProxySessionLog.ConnectionEnded(log, session, connection.Number, end.Side, end.Stage, end.Sentence);
            await record.Append(new DatabaseDisconnected(connection.Number, end.ToString(), connection.BytesSent)).ConfigureAwait(false);
        }
    }

    private void Trip(string sentence)
    {
        connections.CutAll(sentence);
        if (tripped.TrySetResult(sentence))
        {
            ProxySessionLog.Tripped(log, session, target, sentence);
        }
    }
}
