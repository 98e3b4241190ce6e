using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy;

/// <summary>Whether a connection leads to the read-only replica that the policy designates, with the evidence; the sentence says it to the developer.</summary>
public sealed record PinProof(bool Passed, IReadOnlyList<ReplicaCheck> Checks, string Sentence)
{
    /// <summary>Draws the conclusion: passed when every check passed or is waived.</summary>
    public static PinProof Of(IReadOnlyList<ReplicaCheck> checks)
    {
        ReplicaCheck? failed = checks.FirstOrDefault(check => !check.Passed && !check.Waived);
        int waived = checks.Count(check => !check.Passed && check.Waived);
        string sentence = failed is not null
            ? $"The database is not proven to be a safe replica: {failed.Name} failed ({failed.Evidence})."
            : waived > 0
                ? $"The database passed {checks.Count - waived} of {checks.Count} checks; the policy waives the others."
                : $"The database passed all {checks.Count} checks of a read-only replica.";
        return new PinProof(failed is null, checks, sentence);
    }
}
