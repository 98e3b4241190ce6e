using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Names;

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
        InForce = new NamesInForce(catalog, new TransactionPaths(searchPath ?? catalog.SearchPath));
    }

    /// <summary>What the names mean. A newer catalog takes this one's place by `with`.</summary>
    public DatabaseCatalog Catalog
    {
        get => InForce.Catalog;
        init => InForce = InForce.With(value, InTransaction);
    }

    /// <summary>Whether BEGIN was sent and the transaction not ended. No verdict depends on it.</summary>
    public bool InTransaction { get; private init; }

    /// <summary>Whether search_path has one value, whatever becomes of the open transaction: what is judged now holds for everything that is already on its way.</summary>
    public bool IsSettled => InForce.Paths.IsSettled;

    /// <summary>
    /// Whether the next Sync commits an implicit transaction with a cursor WITH HOLD in it, which was judged by a catalog that is no longer the present one: it must be judged as
    /// COMMIT is.
    /// </summary>
    public bool SyncMustBeJudged => !InTransaction && InForce.HoldsOutdated;

    /// <summary>All that a judgement sees.</summary>
    internal NamesInForce InForce { get; private init; }

    /// <summary>Whether what was judged by one is judged alike by the other. The texts behind prepared statements and cursors do not count.</summary>
    public bool JudgesLike(SessionNames other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return InForce.JudgesLike(other.InForce);
    }

    /// <summary>After an approved text was sent, if the server does what it says.</summary>
    public SessionNames Sent(ApprovedStatement approved)
    {
        ArgumentNullException.ThrowIfNull(approved);
        return approved.Parts.Aggregate(this, (session, part) => session.After(part));
    }

    /// <summary>After one statement of a text was done.</summary>
    public SessionNames After(ApprovedPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        SessionNames next = With(InForce.After(part));
        return part.Kind switch
        {
            "begin" => next with { InTransaction = true },
            "commit" or "rollback" => next with { InTransaction = part.IsChained },
            _ => next,
        };
    }

    /// <summary>After a Parse message gave a text a name; it stands for the text until the name is given anew.</summary>
    public SessionNames Parsed(string name, string sql) => With(InForce.Parsed(name, sql));

    /// <summary>After a Bind message gave a portal of a text a name: FETCH and MOVE take it as a cursor's.</summary>
    public SessionNames Bound(string portal, string sql) => With(InForce.Bound(portal, sql));

    /// <summary>After a name was closed or deallocated: it stands for nothing until it is given anew.</summary>
    public SessionNames Closed(string name) => With(InForce.Closed(name));

    /// <summary>After a portal or cursor was closed.</summary>
    public SessionNames ClosedPortal(string name) => With(InForce.ClosedPortal(name));

    /// <summary>
    /// After an error, where everything before it is known to have happened: outside of a transaction block what the unfinished implicit transaction did is undone, within
    /// one nothing runs until its end. <see cref="Failed"/> is for those who do not know what happened.
    /// </summary>
    public SessionNames Undone() => With(InForce with { Paths = InTransaction ? InForce.Paths.Doubtful() : InForce.Paths.Undone() });

    /// <summary>As the server reports at ReadyForQuery within a transaction block.</summary>
    public SessionNames WithinTransaction() => InTransaction ? this : this with { InTransaction = true };

    /// <summary>After an error: outside of a transaction block everything since the last Sync was undone, within it COMMIT undoes as well.</summary>
    public SessionNames Failed() => With(InForce with { Paths = InTransaction ? InForce.Paths.Doubtful() : InForce.Paths.Unknown() });

    /// <summary>When the server is ready and no transaction is open. Cursors are gone, but for those WITH HOLD, whose results are made.</summary>
    public SessionNames Settled() => InTransaction ? this with { InForce = InForce.Settled(), InTransaction = false } : With(InForce.Settled());

    private SessionNames With(NamesInForce names) => ReferenceEquals(names, InForce) ? this : this with { InForce = names };
}
