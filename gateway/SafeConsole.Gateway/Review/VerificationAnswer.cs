using SafeConsole.Transcripts;

namespace SafeConsole.Gateway.Review;

/// <summary>Whether the transcript's hash chain holds and its seal is the gateway's own, in words too.</summary>
public sealed record VerificationAnswer(bool Intact, bool Sealed, long Events, string Head, string Sentence)
{
    /// <summary>From the store's finding.</summary>
    public static VerificationAnswer From(TranscriptVerification found) => new(found.Intact, found.Sealed, found.Events, found.Head, found.Sentence);
}
