namespace SafeConsole.Policies.Sql;

/// <summary>Why a text has no parse tree: the rule's name, a sentence (PostgreSQL's own for a syntax error), SQLSTATE and character position from 1.</summary>
internal sealed record SqlFault(string Rule, string Message, string SqlState, int? Position);
