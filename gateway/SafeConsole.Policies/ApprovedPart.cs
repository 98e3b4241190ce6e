namespace SafeConsole.Policies;

/// <summary>One statement of an approved text: what kind it is, and the name it gives or uses (prepared statement, cursor, savepoint).</summary>
public sealed record ApprovedPart(string Kind, string? Name);
