using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>One run of a statement: a simple query, or a portal of a prepared one. Used by the replies' side alone once it is under way.</summary>
internal sealed class StatementRun(GatedStatement statement, int execution)
{
    public GatedStatement Statement => statement;

    /// <summary>Runs the query inside a PREPARE or DECLARE of the statement's text, not the text: it changes no names.</summary>
    public bool IsInner { get; init; }

    /// <summary>A cursor WITH HOLD, which stays when its transaction commits.</summary>
    public bool IsHeld { get; init; }

    /// <summary>0 for a simple query, from 1 for a prepared statement.</summary>
    public int Execution => execution;

    /// <summary>Rows that were passed on.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes of those rows, headers included.</summary>
    public long Bytes { get; private set; }

    /// <summary>A limit was reached: no further row is passed on.</summary>
    public bool Limited { get; private set; }

    /// <summary>Its end is on record.</summary>
    public bool Completed { get; set; }

    /// <summary>Counts a row about to be passed on; false when it would exceed the policy's limit.</summary>
    public bool Admit(int length)
    {
        LimitPolicy? limits = statement.Policy?.Limits;
        if (Limited || limits is null || Rows + 1 > limits.RowsPerStatement || Bytes + length > limits.BytesPerStatement)
        {
            Limited = true;
            return false;
        }

        Rows++;
        Bytes += length;
        return true;
    }
}
