using System.Collections.Concurrent;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Proxy.Postgres.Handshakes;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Postgres.Proving;
using SafeConsole.Proxy.Postgres.Relaying;
using SafeConsole.Proxy.Postgres.Replicas;

namespace SafeConsole.Proxy.Postgres;

/// <summary>The open connections of one session and what they share. A cancel key is only ever looked up here, so it reaches no other session.</summary>
internal sealed class PostgresConnections(
    string target,
    Func<PolicySnapshot> currentPolicies,
    StatementJudge judge,
    ReplicaLogin login,
    ReplicaControls? controls,
    SessionRecord record,
    ProxyOptions options,
    TimeProvider time,
    Action<string> trip,
    Action<Exception> judgeFailed)
{
    private readonly ConcurrentDictionary<PostgresConnection, bool> open = new();
    private readonly CancelAllowance cancels = new(time);
    private readonly OpeningAllowance openings = new(options, time);
    private int numbers;
    private string? cutBecause;
    private DatabasePolicy? proven;

    public StatementGate Gate { get; } = new(target, currentPolicies, judge, record, judgeFailed);

    public ReplicaLogin Login => login;

    public SessionRecord Record => record;

    public ProxyOptions Options => options;

    public TimeProvider Time => time;

    /// <summary>Ends the whole session: the replica is not a safe one any more.</summary>
    public Action<string> Trip => trip;

    public StatementJudge Judge => judge;

    public int OpenCount => open.Count;

    public bool AnyBusy => open.Keys.Any(connection => connection.IsBusy);

    /// <summary>
    /// Watches a database for as long as the watch is kept, and ends the session when it is no replica any more. Null where names are judged as such and nothing is
    /// asked: for servers that only pretend to be one, in tests.
    /// </summary>
    public ReplicaWatch? Watch(DatabasePolicy database) => controls?.Watch(database, control => TripWhenPromoted(control, database));

    /// <summary>Ends the session where the policy that the database was opened by wants a standby and the server is none. True when it did.</summary>
    public bool TripWhenPromoted(ReplicaControl control, DatabasePolicy database)
    {
        if (control.InRecovery || !database.Proof.StandbyRequired)
        {
            return false;
        }

        trip(ReplicaTripwire.Promoted);
        return true;
    }

    /// <summary>The target's policy of this moment, null when it was removed.</summary>
    public TargetPolicy? CurrentPolicy() => currentPolicies().Targets.GetValueOrDefault(target);

    /// <summary>The database that last passed every check; a policy with another one is not proven by it.</summary>
    public DatabasePolicy? Proven
    {
        get => Volatile.Read(ref proven);
        set => Volatile.Write(ref proven, value);
    }

    /// <summary>How many prepared statements and portals the session's connections hold together.</summary>
    public HeldNames NamesHeld()
    {
        var held = default(HeldNames);
        foreach ((PostgresConnection connection, _) in open)
        {
            held += connection.NamesHeld;
        }

        return held;
    }

    /// <summary>Waits until the session may open one more connection at the replica. Throws <see cref="StartupRefusedException"/> where it opens too many.</summary>
    public async Task WaitToOpenAsync(TargetPolicy policy, CancellationToken cancellationToken)
    {
        if (!await openings.WaitAsync(policy.Limits.Connections, cancellationToken).ConfigureAwait(false))
        {
            throw new StartupRefusedException("53300",
                $"This session opens database connections too quickly: {1 / options.OpeningInterval.TotalSeconds:0.#} a second are let through. Keep connections open, and try again in a few seconds.");
        }
    }

    public int NextNumber() => Interlocked.Increment(ref numbers);

    public void Add(PostgresConnection connection) => open.TryAdd(connection, true);

    public void Remove(PostgresConnection connection) => open.TryRemove(connection, out _);

    /// <summary>Cancels what the connection with this key runs; a wrong key, and one request too many, is ignored without an answer, as PostgreSQL does.</summary>
    public void Cancel(BackendKey key)
    {
        if (open.Keys.FirstOrDefault(connection => connection.Key == key) is { } named && cancels.TryTake())
        {
            named.RequestCancel();
        }
    }

    /// <summary>Ends every connection, those that are about to open too.</summary>
    public void CutAll(string sentence)
    {
        Volatile.Write(ref cutBecause, sentence);
        foreach (PostgresConnection connection in open.Keys)
        {
            connection.Cut(sentence);
        }
    }

    /// <summary>The sentence of <see cref="CutAll"/> when it was called.</summary>
    public string? CutBecause => Volatile.Read(ref cutBecause);
}
