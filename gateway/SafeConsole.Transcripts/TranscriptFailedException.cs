namespace SafeConsole.Transcripts;

/// <summary>The transcript cannot be written. The session that it records must end.</summary>
public sealed class TranscriptFailedException(string message, Exception? cause) : Exception(message, cause);
