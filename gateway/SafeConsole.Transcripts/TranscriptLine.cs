namespace SafeConsole.Transcripts;

/// <summary>One stored line: its event number and its bytes.</summary>
public readonly record struct TranscriptLine(long Number, ReadOnlyMemory<byte> Json);
