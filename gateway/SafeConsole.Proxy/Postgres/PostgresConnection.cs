using System.Security.Cryptography;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Proxy.Postgres.Errors;
using SafeConsole.Proxy.Postgres.Handshakes;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Postgres.Proving;
using SafeConsole.Proxy.Postgres.Relaying;
using SafeConsole.Proxy.Postgres.Replicas;
using SafeConsole.Proxy.Threads;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Postgres;

/// <summary>
/// One connection of a client's, from its first byte to its end: handshake, log-in at the replica, proof, greeting, relay. The client
/// is greeted only when the proof passed.
/// </summary>
internal sealed class PostgresConnection(PostgresConnections siblings, Stream client, RelayThreadPair? threads) : IAsyncDisposable
{
    private readonly FrameBuffer incoming = new(client, siblings.Options.MaximumMessage + Frame.HeaderLength);
    private RelayStage stage = RelayStage.Startup;
    private PostgresRelay? relay;
    private ReplicaWatch? watch;

    /// <summary>Its number within the session, from 1; 0 for a cancel request.</summary>
    public int Number { get; private set; }

    /// <summary>The key that the client was given for cancelling.</summary>
    public BackendKey Key { get; } = new(RandomNumberGenerator.GetInt32(1, int.MaxValue), RandomNumberGenerator.GetHexString(8));

    public bool IsBusy => relay?.IsBusy ?? false;

    public HeldNames NamesHeld => relay?.NamesHeld ?? default;

    public Exception? Unexpected => relay?.Unexpected;

    public long BytesSent => relay?.BytesSent ?? 0;

    public void Cut(string sentence) => relay?.Cut(sentence);

    public void RequestCancel() => relay?.RequestCancel();

    /// <summary>Serves the client until the end. Never throws for what a peer did.</summary>
    public async Task<RelayEnd> ServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            ClientStartup? startup = await ReadStartupAsync(cancellationToken).ConfigureAwait(false);
            if (startup is null)
            {
                return new RelayEnd(stage, RelaySide.Client, "The REPL closed the connection.");
            }

            if (startup.Cancel is { } key)
            {
                siblings.Cancel(key);
                return new RelayEnd(RelayStage.Cancelling, RelaySide.Client, "A cancel request.");
            }

            return await ServeSessionAsync(startup, cancellationToken).ConfigureAwait(false);
        }
        catch (StartupRefusedException refusal)
        {
            return await RefuseAsync(refusal.SqlState, RelaySide.Gateway, refusal.Message).ConfigureAwait(false);
        }
        catch (ProtocolFaultException fault)
        {
            return await RefuseAsync("08P01", stage == RelayStage.Startup ? RelaySide.Client : RelaySide.Replica, fault.Message).ConfigureAwait(false);
        }
        catch (ReplicaFailedException failure)
        {
            return await RefuseAsync(failure.SqlState, RelaySide.Replica, failure.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            string sentence = cancellationToken.IsCancellationRequested ? "The session ended." : "Opening the database connection took too long.";
            return await RefuseAsync("57P01", RelaySide.Gateway, sentence).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return new RelayEnd(stage, RelaySide.Client, "The connection broke.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (relay is not null)
        {
            await relay.DisposeAsync().ConfigureAwait(false);
        }

        watch?.Dispose();
        incoming.Dispose();
    }

    private async Task<ClientStartup?> ReadStartupAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(siblings.Options.StartupTimeout, siblings.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await ClientHandshake.ReadAsync(client, incoming, both.Token).ConfigureAwait(false);
    }

    private async Task<RelayEnd> ServeSessionAsync(ClientStartup startup, CancellationToken cancellationToken)
    {
        Number = siblings.NextNumber();
        string application = startup.Parameters.FirstOrDefault(parameter => parameter.Key == "application_name").Value ?? "";
        await siblings.Record.Append(new DatabaseConnected(Number, application)).ConfigureAwait(false);
        TargetPolicy policy = siblings.CurrentPolicy() ?? throw new StartupRefusedException("42501", "The policy of this target was removed.");
        if (siblings.OpenCount > policy.Limits.Connections)
        {
            throw new StartupRefusedException("53300", $"The policy allows {policy.Limits.Connections} database connections per session.");
        }

        StartupSettings settings = StartupSettings.Of(startup.Parameters, policy, siblings.Judge);
        await siblings.WaitToOpenAsync(policy, cancellationToken).ConfigureAwait(false);
        watch = siblings.Watch(policy.Database);
        ReplicaConnection replica = await OpenAsync(policy, settings, cancellationToken).ConfigureAwait(false);
        relay = new PostgresRelay(Number, client, incoming, replica, watch?.Control, policy, siblings, threads);
        await GreetAsync(startup, settings, replica, cancellationToken).ConfigureAwait(false);
        stage = RelayStage.Relaying;
        if (siblings.CutBecause is { } sentence)
        {
            relay.Cut(sentence);
        }

        return await relay.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReplicaConnection> OpenAsync(TargetPolicy policy, StartupSettings settings, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(siblings.Options.ConnectTimeout, siblings.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        stage = RelayStage.Connecting;
        ReplicaConnection replica = await siblings.Login.OpenAsync(policy, settings.Accepted, threads, both.Token).ConfigureAwait(false);
        try
        {
            stage = RelayStage.Proving;
            bool again = policy.Database == siblings.Proven;
            PinProof proof = await (again ? ReplicaProver.ProveAgainAsync(replica, policy, both.Token) : ReplicaProver.ProveAsync(replica, policy, both.Token)).ConfigureAwait(false);
            await siblings.Record.Append(new ReplicaProven(Number, proof.Passed, proof.Checks)).ConfigureAwait(false);
            if (!proof.Passed)
            {
                siblings.Trip(proof.Sentence);
                throw new ReplicaFailedException(proof.Sentence, "25006");
            }

            if (watch is { Control.CheckedAt: 0 })
            {
                await watch.Control.CheckAsync(both.Token).ConfigureAwait(false);
            }

            siblings.Proven = policy.Database;
            return replica;
        }
        catch
        {
            await replica.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task GreetAsync(ClientStartup startup, StartupSettings settings, ReplicaConnection replica, CancellationToken cancellationToken)
    {
        using var writer = new MessageWriter();
        ServerGreeting.Write(writer, startup, settings, replica.Settings, Key);
        await client.WriteAsync(writer.Written, cancellationToken).ConfigureAwait(false);
        await client.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<RelayEnd> RefuseAsync(string sqlState, RelaySide side, string sentence)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), siblings.Time);
            using var writer = new MessageWriter();
            GatewayError.Fatal(sqlState, sentence).WriteError(writer);
            await client.WriteAsync(writer.Written, limit.Token).ConfigureAwait(false);
            await client.FlushAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone; there is nobody to tell.
        }

        return new RelayEnd(stage, side, sentence);
    }
}
