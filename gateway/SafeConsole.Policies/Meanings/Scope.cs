namespace SafeConsole.Policies.Meanings;

/// <summary>What names mean at one level of a statement; the level around it is the parent.</summary>
internal sealed class Scope(Scope? parent, IReadOnlyList<FromPart> parts, IReadOnlyDictionary<string, CommonTable>? tables = null)
{
    /// <summary>A scope in which nothing has a name.</summary>
    public static Scope Empty { get; } = new(null, []);

    /// <summary>The level around this one.</summary>
    public Scope? Parent { get; } = parent;

    /// <summary>The items of FROM.</summary>
    public IReadOnlyList<RangeItem> Items { get; } = [.. parts.SelectMany(part => part.Items)];

    /// <summary>The columns that a star stands for; null where they cannot be told.</summary>
    public RowShape? Star { get; } = parts.Any(part => part.Star is null) ? null : new RowShape([.. parts.SelectMany(part => part.Star!.Columns)]);

    /// <summary>The WITH query of that name, here or further out.</summary>
    public CommonTable? Table(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.tables?.TryGetValue(name, out CommonTable? table) == true)
            {
                return table;
            }
        }

        return null;
    }

    /// <summary>The item of that name, here or further out; null where there is none.</summary>
    public RangeItem? Item(string? schema, string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.Items.FirstOrDefault(item => item.Name == name && (schema is null || item.Schema == schema)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The type of the column of that name, here or further out; null where there is none.</summary>
    public StaticType? Column(string name)
    {
        StaticType? system = SystemColumns.Of(name);
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            StaticType[] found = [.. scope.Items.Where(item => item.IsOpen && !item.Merged.Contains(name)).SelectMany(item => item.Row?.Named(name) ?? [StaticType.Any])];
            if (found.Length > 0)
            {
                return found.Distinct().Count() == 1 ? found[0] : StaticType.Any;
            }

            // Of the sides of a join it is not found without their names, and may then be a column further out.
            if (system is { } own && scope.Items.Any(item => item.HasSystemColumns))
            {
                return scope.Parent?.Column(name) is { } outer && outer != own ? StaticType.Any : own;
            }
        }

        return null;
    }

    private readonly IReadOnlyDictionary<string, CommonTable>? tables = tables;
}
