using SafeConsole.Policies.Rules;

namespace SafeConsole.Policies.Harms;

/// <summary>Why something is not known to be harmless: the rule, a sentence's predicate such as `runs with its owner's rights`, and what leads there.</summary>
internal sealed record Harm(string Rule, string What)
{
    /// <summary>The SQLSTATE of a denial for it.</summary>
    public string SqlState { get; init; } = SqlStates.NotAllowed;

    /// <summary>The object that has the harm, or the chain of them.</summary>
    public string Through { get; init; } = "";

    /// <summary>The whole sentence.</summary>
    public string Sentence => Through.Length == 0 ? $"It {What}." : $"{Through} {What}.";

    /// <summary>The same harm, reached through one thing more.</summary>
    public Harm Behind(string name) => Through.Length == 0 ? this with { Through = name } : Through.Length > 300 || Through.StartsWith(name, StringComparison.Ordinal) ? this : this with { Through = $"{name} → {Through}" };
}
