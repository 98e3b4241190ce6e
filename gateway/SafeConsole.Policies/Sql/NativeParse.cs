namespace SafeConsole.Policies.Sql;

/// <summary>
/// What libpg_query answered: a tree, or a message and its place (characters from 1, 0 where unknown). Neither means that the tree was too large.
/// </summary>
internal readonly record struct NativeParse(byte[]? Tree, string? Message, int CursorPosition);
