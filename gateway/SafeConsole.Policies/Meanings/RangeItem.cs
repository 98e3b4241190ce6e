namespace SafeConsole.Policies.Meanings;

/// <summary>
/// Something in FROM that columns can come from: its name (null for one that cannot be named), its schema where it is a relation without alias, its columns (null where they
/// cannot be told) and the type of its whole row.
/// </summary>
internal sealed record RangeItem(string? Name, string? Schema, RowShape? Row, StaticType Whole)
{
    /// <summary>Columns that are only found with the item's name, because a join merged them with another's.</summary>
    public HashSet<string> Merged { get; } = [];

    /// <summary>The whole row with the names that its columns have here: those of its type may be others.</summary>
    public StaticType WithColumns => Whole with { Row = Row ?? Whole.Row };

    /// <summary>Whether it is a table, whose system columns can be named.</summary>
    public bool HasSystemColumns { get; init; }

    /// <summary>Whether its columns are found without its name.</summary>
    public bool IsOpen { get; init; } = true;
}
