namespace SafeConsole.Policies.Sql;

/// <summary>PostgreSQL's parser library is not on this machine; nothing can be judged.</summary>
public sealed class ParserMissingException(string message) : Exception(message);
