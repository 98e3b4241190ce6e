using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// Prepared statements and portals by name. PostgreSQL has one space for Parse and SQL PREPARE, and one for Bind and SQL DECLARE, and so
/// has this. The empty name is the unnamed one.
/// </summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, PreparedStatement> statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StatementRun> portals = new(StringComparer.Ordinal);

    private long textLength;

    // Cursors WITH HOLD of transactions that are over: a rollback does not take them.
    private readonly HashSet<string> kept = new(StringComparer.Ordinal);

    public HeldNames Held => new(statements.Count, portals.Count, textLength);


    /// <summary>What names mean in the session's next statement; null where they are judged as such.</summary>
    public SessionNames? Meaning { get; set; }

    public PreparedStatement? FindStatement(string name) => statements.GetValueOrDefault(name);

    public StatementRun? FindPortal(string name) => portals.GetValueOrDefault(name);

    public void Apply(NameChange change)
    {
        switch (change)
        {
            case { Name: null, OfPortal: true }:
                Drop(static (_, _) => true);
                break;
            case { Name: null }:
                statements.Clear();
                textLength = 0;
                break;
            case { Portal: { } portal }:
                portals[change.Name] = portal;
                kept.Remove(change.Name);
                Meaning = portal.IsInner || change.Name.Length == 0 ? Meaning : Meaning?.Bound(change.Name, portal.Statement.Approved!.Text);
                break;
            case { Statement: { } statement }:
                Forget(change.Name);
                statements[change.Name] = statement;
                textLength += statement.Length;
                Meaning = statement.BySql || change.Name.Length == 0 ? Meaning : Meaning?.Parsed(change.Name, statement.Gated.Approved!.Text);
                break;
            case { OfPortal: true }:
                portals.Remove(change.Name);
                kept.Remove(change.Name);
                Meaning = Meaning?.ClosedPortal(change.Name);
                break;
            default:
                Forget(change.Name);
                Meaning = Meaning?.Closed(change.Name);
                break;
        }
    }

    /// <summary>What a statement that was done makes of later ones.</summary>
    public void Follow(ApprovedPart part)
    {
        Meaning = Meaning?.After(part);
        if (part.Kind is "rollback" or "discard-all")
        {
            Drop(part.Kind == "rollback" ? static (_, wasKept) => !wasKept : static (_, _) => true);
        }
    }

    /// <summary>Portals do not outlive their transaction, but for cursors WITH HOLD.</summary>
    public void EndTransaction()
    {
        Drop(static (portal, _) => !portal.IsHeld);
        kept.UnionWith(portals.Keys);
        Meaning = Meaning?.Settled();
    }

    public void CopyFrom(NameTable other)
    {
        Meaning = other.Meaning;
        statements.Clear();
        textLength = other.textLength;
        portals.Clear();
        kept.Clear();
        kept.UnionWith(other.kept);
        foreach ((string name, PreparedStatement statement) in other.statements)
        {
            statements.Add(name, statement);
        }

        foreach ((string name, StatementRun portal) in other.portals)
        {
            portals.Add(name, portal);
        }
    }

    private void Forget(string name)
    {
        if (statements.Remove(name, out PreparedStatement? former))
        {
            textLength -= former.Length;
        }
    }

    private void Drop(Func<StatementRun, bool, bool> which)
    {
        if (portals.Count == 0)
        {
            return;
        }

        foreach ((string name, StatementRun portal) in portals)
        {
            if (which(portal, kept.Contains(name)))
            {
                portals.Remove(name);
                kept.Remove(name);
            }
        }
    }
}
