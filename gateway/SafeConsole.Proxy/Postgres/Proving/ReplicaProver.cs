using System.Diagnostics;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Proxy.Postgres.Replicas;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Postgres.Proving;

/// <summary>Makes the pin proof on a connection by asking the server itself; the evidence is what the server said.</summary>
internal static class ReplicaProver
{
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CatchUpInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>All checks, the role's powers and the write attempt included. Throws <see cref="ReplicaFailedException"/> when the server does not answer.</summary>
    public static async Task<PinProof> ProveAsync(ReplicaConnection replica, TargetPolicy policy, CancellationToken cancellationToken)
    {
        List<ReplicaCheck> checks = await CheckStateAsync(replica, policy, cancellationToken).ConfigureAwait(false);
        ReplicaAnswer powers = await replica.AskAsync(FixedStatement.Powers, cancellationToken).ConfigureAwait(false);
        checks.Add(CheckRole(powers, policy.Database));
        checks.Add(await AttemptWriteAsync(replica, cancellationToken).ConfigureAwait(false));
        return PinProof.Of(checks);
    }

    /// <summary>The checks that one query answers, for every connection of a session that was proven.</summary>
    public static async Task<PinProof> ProveAgainAsync(ReplicaConnection replica, TargetPolicy policy, CancellationToken cancellationToken) =>
        PinProof.Of(await CheckStateAsync(replica, policy, cancellationToken).ConfigureAwait(false));

    private static async Task<List<ReplicaCheck>> CheckStateAsync(ReplicaConnection replica, TargetPolicy policy, CancellationToken cancellationToken)
    {
        ReplicaState state = await AskStateAsync(replica, cancellationToken).ConfigureAwait(false);
        if (state.MayCatchUp(policy.Database.Proof))
        {
            state = await CatchUpAsync(replica, state, policy.Database.Proof, cancellationToken).ConfigureAwait(false);
        }

        replica.SearchPath = state.SearchPath;
        replica.Process = new ServerProcess(state.Process, state.ProcessStarted ?? "");
        return state.Check(policy);
    }

    /// <summary>The state as soon as what had been received is replayed, with the time that this took as the lag; the state of last when it took too long.</summary>
    private static async Task<ReplicaState> CatchUpAsync(ReplicaConnection replica, ReplicaState behind, ProofPolicy proof, CancellationToken cancellationToken)
    {
        TimeSpan patience = proof.MaximumLag < LongestCatchUp ? proof.MaximumLag : LongestCatchUp;
        ReplicaState state = behind;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed <= patience;)
        {
            await Task.Delay(CatchUpInterval, cancellationToken).ConfigureAwait(false);
            state = await AskStateAsync(replica, cancellationToken).ConfigureAwait(false);
            decimal lag = Math.Round((decimal)waited.Elapsed.TotalSeconds, 3);
            if (state.HasCaughtUpWith(behind) && lag < state.LagSeconds)
            {
                state = state with { LagSeconds = lag };
            }

            if (!state.MayCatchUp(proof))
            {
                break;
            }
        }

        return state;
    }

    private static async Task<ReplicaState> AskStateAsync(ReplicaConnection replica, CancellationToken cancellationToken)
    {
        ReplicaAnswer answer = await replica.AskAsync(FixedStatement.State, cancellationToken).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            throw new ReplicaFailedException($"The replica did not answer the proof: {error.Message}", error.SqlState);
        }

        return answer.Rows is [{ Length: ReplicaState.Columns } row]
            ? ReplicaState.Read(row)
            : throw new ReplicaFailedException("The replica's answer to the proof has another form than expected.");
    }

    private static ReplicaCheck CheckRole(ReplicaAnswer answer, DatabasePolicy database)
    {
        bool waived = !database.Proof.HarmlessRoleRequired;
        if (answer.Error is { } error)
        {
            return new ReplicaCheck("role", false, waived, $"the role's rights could not be read: {error.Message}");
        }

        if (answer.Rows.Count == 0)
        {
            return new ReplicaCheck("role", true, false, $"{database.Role} is neither superuser nor owner and may write to nothing");
        }

        string powers = string.Join("; ", answer.Rows.Select(row => $"{row[0]} {row[1]}"));
        return new ReplicaCheck("role", false, waived, $"{database.Role}: {powers}");
    }

    private static async Task<ReplicaCheck> AttemptWriteAsync(ReplicaConnection replica, CancellationToken cancellationToken)
    {
        await replica.AskAsync(FixedStatement.Begin, cancellationToken).ConfigureAwait(false);
        ReplicaAnswer attempt = await replica.AskAsync(FixedStatement.WriteAttempt, cancellationToken).ConfigureAwait(false);
        await replica.AskAsync(FixedStatement.Rollback, cancellationToken).ConfigureAwait(false);
        return attempt.Error is { } error
            ? new ReplicaCheck("write attempt", error.SqlState == "25006", false, $"{error.SqlState}: {error.Message}")
            : new ReplicaCheck("write attempt", false, false, "the server accepted CREATE TEMPORARY TABLE (rolled back)");
    }
}
