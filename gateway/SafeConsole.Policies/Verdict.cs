namespace SafeConsole.Policies;

/// <summary>What the gate decided about a submitted text, by which rule and why. Position counts characters from 1; null where the whole text is meant.</summary>
public sealed record Verdict(VerdictOutcome Outcome, string Rule, string Reason, string? Hint, string SqlState, int? Position);
