namespace SafeConsole.Transcripts;

/// <summary>A stored transcript.</summary>
public sealed record TranscriptListing(string Session, DateTimeOffset StartedAt, long Bytes, bool Sealed);
