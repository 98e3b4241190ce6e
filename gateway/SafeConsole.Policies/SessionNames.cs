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

    /// <summary>Whether BEGIN was sent and the transaction not ended.</summary>
    public bool InTransaction { get; private init; }

    internal ImmutableDictionary<string, string> Prepared { get; private init; } = ImmutableDictionary<string, string>.Empty;

    internal ImmutableDictionary<string, string> Cursors { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the path is after COMMIT, and after ROLLBACK.</summary>
    private ImmutableSortedSet<string> SessionPaths { get; init; } = [];

    private ImmutableSortedSet<string> BeforeTransaction { get; init; } = [];

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

    /// <summary>After an error: outside of a transaction block everything since the last Sync was undone, within it COMMIT undoes as well.</summary>
    public SessionNames Failed()
    {
        ImmutableSortedSet<string> all = Paths.Union(SessionPaths).Union(BeforeTransaction);
        return InTransaction ? this with { MayHaveFailed = true } : this with { Paths = all, SessionPaths = all, BeforeTransaction = all };
    }

    /// <summary>When the server is ready and no transaction is open.</summary>
    public SessionNames Settled() => this with { Paths = SessionPaths, BeforeTransaction = SessionPaths, Passed = [], InTransaction = false, MayHaveFailed = false };

    /// <summary>How many paths may have to be reckoned with in this transaction.</summary>
    internal int KnownPaths => All.Count;

    /// <summary>After one statement of a text.</summary>
    internal SessionNames After(ApprovedPart part)
    {
        SessionNames next = part.Path is { } change ? After(change) : this;
        return part.Kind switch
        {
            "begin" => next with { InTransaction = true },
            "commit" => (next.MayHaveFailed ? next with { SessionPaths = next.SessionPaths.Union(next.BeforeTransaction) } : next).Settled() with { InTransaction = part.IsChained },
            "rollback" => (next with { SessionPaths = next.BeforeTransaction }).Settled() with { InTransaction = part.IsChained },
            "rollback-to" => next with { Paths = next.All, SessionPaths = next.All },
            "prepare" when part is { Name: { } name, Text: { } text } => next.Parsed(name, text),
            "declare" when part is { Name: { } name, Text: { } text } => next with { Cursors = next.Cursors.SetItem(name, text) },
            "discard-all" => next with { Prepared = Prepared.Clear(), Cursors = Cursors.Clear() },
            "deallocate" when part.Name is null => next with { Prepared = Prepared.Clear() },
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
            Passed = InTransaction ? Passed.Union(Paths).Add(path) : [],
            Paths = now,
            SessionPaths = change.IsLocal ? SessionPaths : change.IsCertain ? now : SessionPaths.Add(path),
        };
    }
}
