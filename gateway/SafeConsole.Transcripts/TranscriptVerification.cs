namespace SafeConsole.Transcripts;

/// <summary>What checking a transcript found. <see cref="FirstBadEvent"/> is the first event whose hash does not fit.</summary>
public sealed record TranscriptVerification(bool Intact, bool Sealed, long Events, string Head, long? FirstBadEvent, string Sentence);
