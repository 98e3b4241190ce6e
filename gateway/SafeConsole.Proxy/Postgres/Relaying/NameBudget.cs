using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Errors;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>How many prepared statements and cursors (portals are counted with them) a session may hold on all of its connections together, by the policy of this moment.</summary>
internal sealed class NameBudget(PostgresConnections siblings, LimitPolicy atStart)
{
    private const string Fewer = "Close those that are no longer used, or run DEALLOCATE ALL.";

    // The gateway keeps the texts, to judge them anew. No policy sets this.
    private const int MostText = 16 * 1024 * 1024;

    /// <summary>The error for a text or a message that would give so many names more; null while there is room.</summary>
    public ErrorMessage? Refuse(int statements, int cursors)
    {
        if (statements + cursors == 0)
        {
            return null;
        }

        LimitPolicy limits = siblings.CurrentPolicy()?.Limits ?? atStart;
        HeldNames held = siblings.NamesHeld();
        if (statements > 0 && held.Statements + statements > limits.PreparedStatements)
        {
            return GatewayError.TooMany("prepared statements", limits.PreparedStatements, Fewer);
        }

        if (statements > 0 && held.TextLength > MostText)
        {
            return GatewayError.TooMany("characters in prepared statements", MostText, Fewer);
        }

        return cursors > 0 && held.Portals + cursors > limits.Cursors
            ? GatewayError.TooMany("open cursors", limits.Cursors, "Close those that are no longer used, or end the transaction.")
            : null;
    }
}
