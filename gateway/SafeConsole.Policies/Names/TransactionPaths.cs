namespace SafeConsole.Policies.Names;

/// <summary>
/// Where a session stands in its transaction, as far as a verdict can depend on it: which values search_path can have, now and after COMMIT or ROLLBACK, and whether a held
/// cursor waits for the end. Verdicts are kept and compared by all of it: what is added here counts in the equality of records by itself. Never changes.
/// </summary>
internal sealed record TransactionPaths
{
    /// <summary>A session as it begins.</summary>
    public TransactionPaths(string standard)
    {
        Standard = standard;
        Now = AfterCommit = AfterRollback = PathSet.Of(standard);
    }

    /// <summary>Where RESET goes back to.</summary>
    public string Standard { get; }

    /// <summary>The values that search_path can have now; a statement must be harmless under each.</summary>
    public PathSet Now { get; private init; }

    /// <summary>
    /// The catalog by which the transaction's first cursor WITH HOLD was judged, 0 where it has none: such a cursor's query runs to its end when the transaction commits, by the
    /// search_path and the functions of then.
    /// </summary>
    public long HeldSince { get; private init; }

    /// <summary>Whether search_path has one value, whatever becomes of the open transaction.</summary>
    public bool IsSettled => Now.Count == 1 && Now.Equals(AfterCommit) && Now.Equals(AfterRollback) && (Passed.Count == 0 || Now.Equals(Passed));

    /// <summary>
    /// Whether what names mean may have been something else earlier in this transaction: under another path, or by another catalog. What cursors call finds its names when rows are fetched.
    /// </summary>
    public bool MeantOther => Known > 1 || HadOtherCatalog;

    /// <summary>How many paths may have to be reckoned with in this transaction.</summary>
    public int Known => All.Count;

    /// <summary>How many characters it keeps alive.</summary>
    public int Length => Standard.Length + Now.Length + AfterCommit.Length + AfterRollback.Length + Passed.Length;

    private PathSet AfterCommit { get; init; }

    private PathSet AfterRollback { get; init; }

    /// <summary>Those that it had in this transaction.</summary>
    private PathSet Passed { get; init; } = PathSet.None;

    private bool MayHaveFailed { get; init; }

    private bool HadOtherCatalog { get; init; }

    /// <summary>The values that it had, or can have again, in this transaction.</summary>
    private PathSet All => Now.Union(AfterCommit).Union(AfterRollback).Union(Passed);

    /// <summary>What stays when the transaction ends by itself: where something in it failed, it may have been undone.</summary>
    private PathSet Kept => MayHaveFailed ? AfterCommit.Union(AfterRollback) : AfterCommit;

    /// <summary>After search_path was changed.</summary>
    public TransactionPaths After(PathChange change)
    {
        string path = change.To ?? Standard;
        PathSet now = change.IsCertain ? PathSet.Of(path) : Now.Add(path);
        return this with
        {
            Passed = Passed.Union(Now).Add(path),
            Now = now,
            AfterCommit = change.IsLocal ? AfterCommit : change.IsCertain ? now : AfterCommit.Add(path),
        };
    }

    /// <summary>After a cursor WITH HOLD was declared that was judged by this catalog.</summary>
    public TransactionPaths Holding(long catalog) => HeldSince == 0 ? this with { HeldSince = catalog } : this;

    /// <summary>After another catalog took the place of the one by which the transaction began.</summary>
    public TransactionPaths WithOtherCatalog() => this with { HadOtherCatalog = true };

    /// <summary>After the transaction's end.</summary>
    public TransactionPaths Settled() => IsSettled && !MayHaveFailed && !HadOtherCatalog && HeldSince == 0 && Passed.Count == 0
        ? this
        : this with { Now = Kept, AfterCommit = Kept, AfterRollback = Kept, Passed = PathSet.None, MayHaveFailed = false, HadOtherCatalog = false, HeldSince = 0 };

    /// <summary>After ROLLBACK.</summary>
    public TransactionPaths RolledBack() => (this with { AfterCommit = AfterRollback }).Settled();

    /// <summary>After ROLLBACK TO a savepoint.</summary>
    public TransactionPaths BackAtSavepoint() => this with { Now = All, AfterCommit = All };

    /// <summary>After an error within a transaction block: COMMIT may undo as well.</summary>
    public TransactionPaths Doubtful() => this with { MayHaveFailed = true };

    /// <summary>After an error outside of a transaction block, where all before it is known to have happened and is undone.</summary>
    public TransactionPaths Undone() => this with { Now = AfterRollback, AfterCommit = AfterRollback, Passed = PathSet.None };

    /// <summary>After an error outside of a transaction block, where nobody knows what happened before it.</summary>
    public TransactionPaths Unknown()
    {
        PathSet all = Now.Union(AfterCommit).Union(AfterRollback);
        return this with { Now = all, AfterCommit = all, AfterRollback = all };
    }
}
