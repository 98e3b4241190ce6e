using System.Globalization;
using NpgsqlTypes;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Replicas;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Postgres.Proving;

/// <summary>The row that <see cref="FixedStatement.State"/> answers with. Timeouts are in milliseconds, the lag in seconds (null: unknown, or no standby).</summary>
internal sealed record ReplicaState(
    bool InRecovery,
    decimal? LagSeconds,
    string? ReplayedTo,
    string? TransactionReadOnly,
    string? DefaultReadOnly,
    string? StatementTimeout,
    string? LockTimeout,
    string? IdleInTransactionTimeout,
    string? ConformingStrings,
    string? Encoding,
    string? Role,
    bool Superuser,
    string? ServerVersion,
    string? SearchPath,
    int Process,
    string? ProcessStarted,
    string? ReceivedTo,
    string? LastTransaction)
{
    /// <summary>Columns of the row.</summary>
    public const int Columns = 18;

    public static ReplicaState Read(string?[] row) => new(
        row[0] == "t", Number(row[1]), row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11] != "f", row[12],
        row[13], (int)(Number(row[14]) ?? 0), row[15], row[16], row[17]);

    /// <summary>
    /// Whether the lag may only seem too long: after a quiet time the first bytes of WAL that are received and not yet replayed make the last transaction's age the lag.
    /// Only replaying them tells.
    /// </summary>
    public bool MayCatchUp(ProofPolicy proof) => !LagPassed(proof) && ReceivedTo is not null;

    /// <summary>
    /// Whether all is replayed that had been received when <paramref name="before"/> was read, and it was no transaction: one that is old itself tells of a backlog.
    /// Both positions are WAL addresses as pg_lsn prints them.
    /// </summary>
    public bool HasCaughtUpWith(ReplicaState before) =>
        NpgsqlLogSequenceNumber.TryParse(ReplayedTo ?? "", out NpgsqlLogSequenceNumber replayed)
        && NpgsqlLogSequenceNumber.TryParse(before.ReceivedTo ?? "", out NpgsqlLogSequenceNumber received)
        && replayed >= received
        && LastTransaction == before.LastTransaction;

    /// <summary>Judges the row by the policy.</summary>
    public List<ReplicaCheck> Check(TargetPolicy policy) =>
    [
        CheckStandby(policy.Database.Proof),
        CheckLag(policy.Database.Proof),
        CheckReadOnly(),
        CheckLimits(policy.Limits),
        CheckText(),
        CheckIdentity(policy.Database),
    ];

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    private static bool Within(string? setting, TimeSpan limit) => Number(setting) is { } value && value >= 1 && value <= ReplicaStartup.Milliseconds(limit);

    private bool LagPassed(ProofPolicy proof) => LagSeconds is { } lag && lag <= (decimal)proof.MaximumLag.TotalSeconds;

    private ReplicaCheck CheckStandby(ProofPolicy proof) => new(
        "standby", InRecovery, !InRecovery && !proof.StandbyRequired,
        InRecovery ? $"in recovery, replayed to {ReplayedTo}, PostgreSQL {ServerVersion}" : $"not in recovery, PostgreSQL {ServerVersion}");

    private ReplicaCheck CheckLag(ProofPolicy proof)
    {
        bool passed = LagPassed(proof);
        string evidence = string.Create(
            CultureInfo.InvariantCulture,
            $"{(LagSeconds is { } seconds ? $"{seconds:0.###} s" : "unknown")}, allowed {proof.MaximumLag.TotalSeconds:0.###} s");
        return new ReplicaCheck("lag", passed, !passed && !proof.StandbyRequired, evidence);
    }

    private ReplicaCheck CheckReadOnly() => new(
        "read-only", TransactionReadOnly == "on" && DefaultReadOnly == "on", false,
        $"transaction_read_only = {TransactionReadOnly}, default_transaction_read_only = {DefaultReadOnly}");

    private ReplicaCheck CheckLimits(LimitPolicy limits) => new(
        "limits",
        Within(StatementTimeout, limits.StatementTimeout) && Within(LockTimeout, limits.LockTimeout) && Within(IdleInTransactionTimeout, limits.IdleInTransaction),
        false,
        $"statement_timeout = {StatementTimeout} ms, lock_timeout = {LockTimeout} ms, idle_in_transaction_session_timeout = {IdleInTransactionTimeout} ms");

    private ReplicaCheck CheckText() => new(
        "text", ConformingStrings == "on" && Encoding == "UTF8", false,
        $"standard_conforming_strings = {ConformingStrings}, client_encoding = {Encoding}");

    private ReplicaCheck CheckIdentity(DatabasePolicy database)
    {
        bool expected = Role == database.Role;
        return new ReplicaCheck(
            "identity", expected && !Superuser, expected && !database.Proof.HarmlessRoleRequired,
            $"logged in as {Role}, {(Superuser ? "a superuser" : "no superuser")}");
    }
}
