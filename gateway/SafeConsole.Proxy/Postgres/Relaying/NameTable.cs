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

    public (int Statements, int Portals) Counts => (statements.Count, portals.Count);

    /// <summary>What names mean in the session's next statement; null where they are judged as such.</summary>
    public SessionNames? Meaning { get; set; }

    public PreparedStatement? FindStatement(string name) => statements.GetValueOrDefault(name);

    public StatementRun? FindPortal(string name) => portals.GetValueOrDefault(name);

    public void Apply(NameChange change)
    {
        switch (change)
        {
            case { Name: null, OfPortal: true }:
                portals.Clear();
                break;
            case { Name: null }:
                statements.Clear();
                break;
            case { Portal: { } portal }:
                portals[change.Name] = portal;
                Meaning = portal.IsInner || change.Name.Length == 0 ? Meaning : Meaning?.Bound(change.Name, portal.Statement.Approved!.Text);
                break;
            case { Statement: { } statement }:
                statements[change.Name] = statement;
                Meaning = statement.BySql || change.Name.Length == 0 ? Meaning : Meaning?.Parsed(change.Name, statement.Gated.Approved!.Text);
                break;
            case { OfPortal: true }:
                portals.Remove(change.Name);
                Meaning = Meaning?.ClosedPortal(change.Name);
                break;
            default:
                statements.Remove(change.Name);
                Meaning = Meaning?.Closed(change.Name);
                break;
        }
    }

    /// <summary>What a statement that was done makes of later ones.</summary>
    public void Follow(ApprovedPart part) => Meaning = Meaning?.After(part);

    /// <summary>Portals do not outlive their transaction.</summary>
    public void EndTransaction()
    {
        portals.Clear();
        Meaning = Meaning?.Settled();
    }

    public void CopyFrom(NameTable other)
    {
        Meaning = other.Meaning;
        statements.Clear();
        portals.Clear();
        foreach ((string name, PreparedStatement statement) in other.statements)
        {
            statements.Add(name, statement);
        }

        foreach ((string name, StatementRun portal) in other.portals)
        {
            portals.Add(name, portal);
        }
    }
}
