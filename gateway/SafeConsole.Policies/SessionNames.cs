using System.Collections.Immutable;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies;

/// <summary>
/// What the names in a database session's next statement can mean: the catalog, the values that search_path can have at this moment, and the statements that are prepared
/// or opened as cursors. Never changes; each step gives the session's next state. Give it to <see cref="StatementJudge"/>, and after a statement was sent take
/// <see cref="Sent"/>; at ReadyForQuery with status I take <see cref="Settled"/>, after an error <see cref="Failed"/>.
/// </summary>
public sealed record SessionNames
{
    /// <summary>A session as it begins, with the search_path that the gateway gave at start-up, or else the role's own.</summary>
    public SessionNames(DatabaseCatalog catalog, string? searchPath = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Catalog = catalog;
        DefaultPath = searchPath ?? catalog.SearchPath;
        Paths = SessionPaths = BeforeTransaction = [DefaultPath];
    }

    /// <summary>What the names mean. A newer catalog takes this one's place by `with`.</summary>
    public DatabaseCatalog Catalog { get; init; }

    /// <summary>Where RESET goes back to.</summary>
    public string DefaultPath { get; }

    /// <summary>The values that search_path can have now; a statement must be harmless under each.</summary>
    public ImmutableSortedSet<string> Paths
    {
        get;
        private init
        {
            field = value;
            PathKey = value.Count == 1 ? value[0] : string.Join('\n', value);
        }
    }

    /// <summary>The paths as one text, by which verdicts are kept.</summary>
    internal string PathKey { get; private init; } = "";

    /// <summary>Whether a name that stands in a statement finds the same things by both. Prepared statements and cursors do not count.</summary>
    public bool FindsTheSameAs(SessionNames other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other) || (ReferenceEquals(Catalog, other.Catalog) && PathKey == other.PathKey);
    }

    /// <summary>Whether BEGIN was sent and the transaction not ended.</summary>
    public bool InTransaction { get; private init; }

    internal ImmutableDictionary<string, string> Prepared { get; private init; } = ImmutableDictionary<string, string>.Empty;

    internal ImmutableDictionary<string, string> Cursors { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the path is after COMMIT, and after ROLLBACK.</summary>
    private ImmutableSortedSet<string> SessionPaths { get; init; } = [];

    private ImmutableSortedSet<string> BeforeTransaction { get; init; } = [];

    /// <summary>Whether this transaction declared a cursor WITH HOLD: its query runs to its end when the transaction commits, by the search_path of then.</summary>
    internal bool HoldsCursor { get; private init; }

    private bool MayHaveFailed { get; init; }

    /// <summary>After an approved text was sent, if the server does what it says.</summary>
    public SessionNames Sent(ApprovedStatement approved)
    {
        ArgumentNullException.ThrowIfNull(approved);
        return approved.Parts.Aggregate(this, (session, part) => session.After(part));
    }

    /// <summary>After a Parse message gave a text a name; it stands for the text until the name is given anew.</summary>
    public SessionNames Parsed(string name, string sql) => this with { Prepared = Prepared.SetItem(name, sql) };

    /// <summary>After a Bind message gave a portal of a text a name: FETCH and MOVE take it as a cursor's.</summary>
    public SessionNames Bound(string portal, string sql) => this with { Cursors = Cursors.SetItem(portal, sql) };

    /// <summary>After a name was closed or deallocated: it stands for nothing until it is given anew.</summary>
    public SessionNames Closed(string name) => Prepared.ContainsKey(name) ? this with { Prepared = Prepared.Remove(name) } : this;

    /// <summary>After a portal or cursor was closed.</summary>
    public SessionNames ClosedPortal(string name) => Cursors.ContainsKey(name) ? this with { Cursors = Cursors.Remove(name) } : this;

    /// <summary>
    /// After an error, where everything before it is known to have happened: outside of a transaction block what the unfinished implicit transaction did is undone, within
    /// one nothing runs until its end. <see cref="Failed"/> is for those who do not know what happened.
    /// </summary>
    public SessionNames Undone() => InTransaction
        ? this with { MayHaveFailed = true }
        : this with { Paths = BeforeTransaction, SessionPaths = BeforeTransaction, Passed = [] };

    /// <summary>As the server reports at ReadyForQuery within a transaction block.</summary>
    public SessionNames WithinTransaction() => InTransaction ? this : this with { InTransaction = true };

    /// <summary>After an error: outside of a transaction block everything since the last Sync was undone, within it COMMIT undoes as well.</summary>
    public SessionNames Failed()
    {
        ImmutableSortedSet<string> all = Paths.Union(SessionPaths).Union(BeforeTransaction);
        return InTransaction ? this with { MayHaveFailed = true } : this with { Paths = all, SessionPaths = all, BeforeTransaction = all };
    }

    /// <summary>When the server is ready and no transaction is open. Cursors are gone, but for those WITH HOLD, whose results are made.</summary>
    public SessionNames Settled() => IsSettled && !InTransaction && !MayHaveFailed && !HoldsCursor && Passed.IsEmpty && Cursors.IsEmpty
        ? this
        : this with
        {
            Paths = Kept, SessionPaths = Kept, BeforeTransaction = Kept, Passed = [], InTransaction = false, MayHaveFailed = false, HoldsCursor = false,
            Cursors = ImmutableDictionary<string, string>.Empty,
        };

    /// <summary>Whether search_path has one value, whatever becomes of the open transaction: what is judged now holds for everything that is already on its way.</summary>
    public bool IsSettled => Paths.Count == 1 && (ReferenceEquals(Paths, SessionPaths) || Paths.SetEquals(SessionPaths))
        && (ReferenceEquals(Paths, BeforeTransaction) || Paths.SetEquals(BeforeTransaction))
        && (Passed.IsEmpty || Paths.SetEquals(Passed));

    /// <summary>What stays when the transaction ends by itself: where something in it failed, it may have been undone.</summary>
    private ImmutableSortedSet<string> Kept => MayHaveFailed ? SessionPaths.Union(BeforeTransaction) : SessionPaths;

    /// <summary>How many paths may have to be reckoned with in this transaction.</summary>
    internal int KnownPaths => All.Count;

    /// <summary>After one statement of a text was done.</summary>
    public SessionNames After(ApprovedPart part)
    {
        SessionNames next = part.Path is { } change ? After(change) : this;
        return part.Kind switch
        {
            "begin" => next with { InTransaction = true },
            "commit" => next.Settled() with { InTransaction = part.IsChained },
            "rollback" => (next with { SessionPaths = next.BeforeTransaction }).Settled() with { InTransaction = part.IsChained },
            "rollback-to" => next with { Paths = next.All, SessionPaths = next.All },
            "prepare" when part is { Name: { } name, Text: { } text } => next.Parsed(name, text),
            "declare" when part is { Name: { } name, Text: { } text } => next with { Cursors = next.Cursors.SetItem(name, text), HoldsCursor = next.HoldsCursor || part.IsHeld },
            "discard-all" => next with { Prepared = next.Prepared.Clear(), Cursors = next.Cursors.Clear() },
            "deallocate" => part.Name is { } given ? next.Closed(given) : next with { Prepared = next.Prepared.Clear() },
            "close" => part.Name is { } cursor ? next.ClosedPortal(cursor) : next with { Cursors = next.Cursors.Clear() },
            _ => next,
        };
    }

    /// <summary>The values that it had, or can have again, in this transaction.</summary>
    private ImmutableSortedSet<string> All => Paths.Union(SessionPaths).Union(BeforeTransaction).Union(Passed);

    private ImmutableSortedSet<string> Passed { get; init; } = [];

    private SessionNames After(PathChange change)
    {
        string path = change.To ?? DefaultPath;
        ImmutableSortedSet<string> now = change.IsCertain ? [path] : Paths.Add(path);
        return this with
        {
            Passed = Passed.Union(Paths).Add(path),
            Paths = now,
            SessionPaths = change.IsLocal ? SessionPaths : change.IsCertain ? now : SessionPaths.Add(path),
        };
    }
}
