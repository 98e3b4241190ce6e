namespace SafeConsole.Policies.Sql;

/// <summary>Bounds on a text before and after parsing, so that a hostile one ends in a verdict. Measured in decisions/0002-deep-sql.md.</summary>
internal static class SqlLimits
{
    /// <summary>Longest text that is parsed, in UTF-8 bytes.</summary>
    public const int TextBytes = 1024 * 1024;

    /// <summary>
    /// Longest text that is parsed on the caller's own stack, in UTF-8 bytes. At worst it nests 4,096 levels of 130 bytes: 0.5 MiB of
    /// the 1.5 MiB that a pool thread has.
    /// </summary>
    public const int InlineTextBytes = 8 * 1024;

    /// <summary>Longest parse tree that is read, in bytes of JSON; about 900,000 constants in a list.</summary>
    public const int TreeBytes = 64 * 1024 * 1024;

    /// <summary>Deepest nesting of the JSON; an operator costs two levels.</summary>
    public const int TreeDepth = 4096;
}
