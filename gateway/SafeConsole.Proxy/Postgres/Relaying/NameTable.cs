namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// Prepared statements and portals by name. PostgreSQL has one space for Parse and SQL PREPARE, and one for Bind and SQL DECLARE, and so
/// has this. The empty name is the unnamed one.
/// </summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, GatedStatement> statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StatementRun> portals = new(StringComparer.Ordinal);

    public int Count => statements.Count + portals.Count;

    public GatedStatement? FindStatement(string name) => statements.GetValueOrDefault(name);

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
                break;
            case { Statement: { } statement }:
                statements[change.Name] = statement;
                break;
            case { OfPortal: true }:
                portals.Remove(change.Name);
                break;
            default:
                statements.Remove(change.Name);
                break;
        }
    }

    /// <summary>Portals do not outlive their transaction.</summary>
    public void EndTransaction() => portals.Clear();

    public void CopyFrom(NameTable other)
    {
        statements.Clear();
        portals.Clear();
        foreach ((string name, GatedStatement statement) in other.statements)
        {
            statements.Add(name, statement);
        }

        foreach ((string name, StatementRun portal) in other.portals)
        {
            portals.Add(name, portal);
        }
    }
}
