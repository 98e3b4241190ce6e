using System.Collections.Immutable;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Names;

/// <summary>
/// All of a session that a judgement can see. What a verdict depends on by <see cref="Catalog"/> and <see cref="Paths"/> is kept with it; what depends on the texts behind
/// names is judged whenever it runs. Never changes.
/// </summary>
internal sealed record NamesInForce(DatabaseCatalog Catalog, TransactionPaths Paths)
{
    /// <summary>The texts of prepared statements.</summary>
    public ImmutableDictionary<string, string> Prepared { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The texts of cursors and portals.</summary>
    public ImmutableDictionary<string, string> Cursors { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Of these the texts of the cursors WITH HOLD that wait for their transaction to commit.</summary>
    public ImmutableDictionary<string, string> Held { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether a cursor WITH HOLD was judged by another catalog than that of now, and must be judged again before its transaction commits.</summary>
    public bool HoldsOutdated => Paths.HeldSince != 0 && Paths.HeldSince != Catalog.Identity;

    /// <summary>Whether a verdict by one is the verdict by the other. Texts behind names do not count.</summary>
    public bool JudgesLike(NamesInForce other) => ReferenceEquals(this, other) || (ReferenceEquals(Catalog, other.Catalog) && Paths == other.Paths);

    /// <summary>With the catalog of now. Cursors of an open transaction stay open, those that functions opened and of which no text is known too.</summary>
    public NamesInForce With(DatabaseCatalog catalog, bool inTransaction) =>
        this with { Catalog = catalog, Paths = inTransaction && !ReferenceEquals(catalog, Catalog) ? Paths.WithOtherCatalog() : Paths };

    /// <summary>After one statement of a text was done.</summary>
    public NamesInForce After(ApprovedPart part)
    {
        NamesInForce next = part.Path is { } change ? this with { Paths = Paths.After(change) } : this;
        return part.Kind switch
        {
            "commit" => next.Settled(),
            "rollback" => next.Settled(next.Paths.RolledBack()),
            "rollback-to" => next with { Paths = next.Paths.BackAtSavepoint() },
            "prepare" when part is { Name: { } name, Text: { } text } => next.Parsed(name, text),
            "declare" when part is { Name: { } name, Text: { } text } => next.Declared(name, text, part),
            "discard-all" => next with { Prepared = next.Prepared.Clear(), Cursors = next.Cursors.Clear(), Held = next.Held.Clear() },
            "deallocate" => part.Name is { } given ? next.Closed(given) : next with { Prepared = next.Prepared.Clear() },
            "close" => part.Name is { } cursor ? next.ClosedPortal(cursor) : next with { Cursors = next.Cursors.Clear(), Held = next.Held.Clear() },
            _ => next,
        };
    }

    /// <summary>After a prepared statement was given a name.</summary>
    public NamesInForce Parsed(string name, string sql) => this with { Prepared = Prepared.SetItem(name, sql) };

    /// <summary>After a portal was given a name.</summary>
    public NamesInForce Bound(string portal, string sql) => this with { Cursors = Cursors.SetItem(portal, sql) };

    /// <summary>After a prepared statement's name was taken back.</summary>
    public NamesInForce Closed(string name) => Prepared.ContainsKey(name) ? this with { Prepared = Prepared.Remove(name) } : this;

    /// <summary>After a portal's name was taken back.</summary>
    public NamesInForce ClosedPortal(string name) => Cursors.ContainsKey(name) ? this with { Cursors = Cursors.Remove(name), Held = Held.Remove(name) } : this;

    /// <summary>After the transaction's end. Cursors are gone, but for those WITH HOLD, whose results are made.</summary>
    public NamesInForce Settled() => Settled(Paths.Settled());

    private NamesInForce Settled(TransactionPaths paths) =>
        ReferenceEquals(paths, Paths) && Cursors.IsEmpty ? this : this with { Paths = paths, Cursors = Cursors.Clear(), Held = Held.Clear() };

    private NamesInForce Declared(string name, string text, ApprovedPart part)
    {
        NamesInForce next = Bound(name, text);
        return part.IsHeld ? next with { Paths = next.Paths.Holding(part.JudgedBy), Held = next.Held.SetItem(name, text) } : next;
    }
}
