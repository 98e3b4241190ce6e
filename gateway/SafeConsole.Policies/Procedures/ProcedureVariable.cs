namespace SafeConsole.Policies.Procedures;

/// <summary>A declared variable: its name, and its type as it was written; null for one that takes any type.</summary>
internal sealed record ProcedureVariable(string Name, string? Type);
