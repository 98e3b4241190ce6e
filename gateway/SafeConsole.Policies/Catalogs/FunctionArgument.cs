namespace SafeConsole.Policies.Catalogs;

/// <summary>An argument of a function: its name (empty for none), type, and mode as in proargmodes.</summary>
internal sealed record FunctionArgument(string Name, uint Type, char Mode);
