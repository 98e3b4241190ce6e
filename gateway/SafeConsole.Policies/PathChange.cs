namespace SafeConsole.Policies;

/// <summary>
/// What a statement makes of search_path: the setting's new text (null for the session's default), whether only until the transaction's end, and whether it is certain that
/// it does: a set_config() somewhere in a query may never be reached.
/// </summary>
public sealed record PathChange(string? To, bool IsLocal, bool IsCertain);
