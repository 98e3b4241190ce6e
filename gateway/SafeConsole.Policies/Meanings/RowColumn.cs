namespace SafeConsole.Policies.Meanings;

/// <summary>A column of a row.</summary>
internal sealed record RowColumn(string Name, StaticType Type);
