namespace SafeConsole.Policies.Catalogs;

/// <summary>A column of a relation or composite type.</summary>
internal sealed record DatabaseColumn(string Name, uint Type);
