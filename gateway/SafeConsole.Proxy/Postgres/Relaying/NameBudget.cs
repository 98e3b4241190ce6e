using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Errors;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>How many prepared statements and cursors (portals are counted with them) a session may hold on all of its connections together, by the policy of this moment.</summary>
internal sealed class NameBudget(PostgresConnections siblings, LimitPolicy atStart)
{
    /// <summary>The error for a text or a message that would give so many names more; null while there is room.</summary>
    public ErrorMessage? Refuse(int statements, int cursors)
    {
        if (statements + cursors == 0)
        {
            return null;
        }

        LimitPolicy limits = siblings.CurrentPolicy()?.Limits ?? atStart;
        (int heldStatements, int heldCursors) = siblings.NamesHeld();
        return statements > 0 && heldStatements + statements > limits.PreparedStatements
            ? GatewayError.TooMany("prepared statements", limits.PreparedStatements, "Close those that are no longer used, or run DEALLOCATE ALL.")
            : cursors > 0 && heldCursors + cursors > limits.Cursors
                ? GatewayError.TooMany("open cursors", limits.Cursors, "Close those that are no longer used, or end the transaction.")
                : null;
    }
}
