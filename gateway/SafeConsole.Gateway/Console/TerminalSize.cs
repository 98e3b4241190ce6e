namespace SafeConsole.Gateway.Console;

/// <summary>The sizes that a terminal may have, in character cells.</summary>
public static class TerminalSize
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "A terminal has 1 to 1000 columns and 1 to 1000 rows.";

    /// <summary>True for a size that a terminal may have.</summary>
    public static bool IsValid(int columns, int rows) => columns is >= 1 and <= 1000 && rows is >= 1 and <= 1000;
}
