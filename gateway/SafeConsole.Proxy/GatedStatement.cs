using SafeConsole.Policies;

namespace SafeConsole.Proxy;

/// <summary>A statement that is on record and judged. <see cref="Recorded"/> must have completed before anything of it is sent on.</summary>
internal sealed class GatedStatement(StatementOrigin origin, string revision, TargetPolicy? policy, Verdict verdict, ApprovedStatement? approved, Task recorded)
{
    private int executions;

    /// <summary>How it arrived.</summary>
    public StatementOrigin Origin => origin;

    /// <summary>Its number within the session, from 1.</summary>
    public int Number => origin.Number;

    /// <summary>The policy revision that it was judged under.</summary>
    public string Revision => revision;

    /// <summary>The policy that it was judged by, limits included; null when the target has been withdrawn.</summary>
    public TargetPolicy? Policy => policy;

    public Verdict Verdict => verdict;

    /// <summary>What may be sent; null exactly when the verdict is a denial.</summary>
    public ApprovedStatement? Approved => approved;

    /// <summary>Completes when submission and verdict are on record.</summary>
    public Task Recorded => recorded;

    /// <summary>The number of its next execution, from 1.</summary>
    public int NextExecution() => Interlocked.Increment(ref executions);
}
