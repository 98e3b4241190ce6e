namespace SafeConsole.Transcripts.Events;

/// <summary>
/// What the runner used in the last second: busy processors (0.5 is half a one) and memory in bytes. Recorded when it changes; it stands until the next.
/// </summary>
public sealed record RunnerMeasured(double Processors, long Memory) : TranscriptEvent;
