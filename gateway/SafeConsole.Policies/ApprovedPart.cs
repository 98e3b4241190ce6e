namespace SafeConsole.Policies;

/// <summary>One statement of an approved text: what kind it is, and the name it gives or uses (prepared statement, cursor, savepoint).</summary>
public sealed record ApprovedPart(string Kind, string? Name)
{
    /// <summary>Its own text, for those whose name stands for it later (prepare, declare); null for others.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the cursor that it declares is WITH HOLD: the rest of its result is made when the transaction commits, and stays.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The catalog by which it was judged; 0 for none.</summary>
    internal long JudgedBy { get; init; }

    /// <summary>Whether COMMIT or ROLLBACK begins the next transaction at once (AND CHAIN).</summary>
    public bool IsChained { get; init; }

    /// <summary>What it makes of search_path; null where it leaves it alone.</summary>
    public PathChange? Path { get; init; }
}
