using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Proxy.Postgres.Replicas;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Postgres.Proving;

/// <summary>Makes the pin proof on a connection by asking the server itself; the evidence is what the server said.</summary>
internal static class ReplicaProver
{
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
        ReplicaAnswer answer = await replica.AskAsync(FixedStatement.State, cancellationToken).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            throw new ReplicaFailedException($"The replica did not answer the proof: {error.Message}", error.SqlState);
        }

        if (answer.Rows is not [{ Length: ReplicaState.Columns } row])
        {
            throw new ReplicaFailedException("The replica's answer to the proof has another form than expected.");
        }

        var state = ReplicaState.Read(row);
        replica.SearchPath = state.SearchPath;
        replica.Process = new ServerProcess(state.Process, state.ProcessStarted ?? "");
        return state.Check(policy);
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
