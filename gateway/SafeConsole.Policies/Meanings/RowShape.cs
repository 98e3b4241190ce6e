namespace SafeConsole.Policies.Meanings;

/// <summary>The columns of a row, in order. Never changes.</summary>
internal sealed record RowShape(IReadOnlyList<RowColumn> Columns)
{
    /// <summary>The types of the columns of that name: none, one, or several where it is ambiguous.</summary>
    public IEnumerable<StaticType> Named(string name) => Columns.Where(column => column.Name == name).Select(column => column.Type);

    /// <summary>The same columns under other names, as far as those go.</summary>
    public RowShape Renamed(IReadOnlyList<string> names) =>
        names.Count == 0 ? this : new RowShape([.. Columns.Select((column, place) => place < names.Count ? column with { Name = names[place] } : column)]);
}
