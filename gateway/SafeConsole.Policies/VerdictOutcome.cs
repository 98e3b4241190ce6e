namespace SafeConsole.Policies;

/// <summary>The three outcomes of judging.</summary>
public enum VerdictOutcome
{
    /// <summary>A read; passed on.</summary>
    Approved,

    /// <summary>Passed on, and marked for the reviewer.</summary>
    Flagged,

    /// <summary>Not passed on.</summary>
    Denied,
}
