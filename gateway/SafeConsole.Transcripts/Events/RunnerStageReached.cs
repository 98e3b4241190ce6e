namespace SafeConsole.Transcripts.Events;

/// <summary>A stage of the launch was completed, and the seconds that it took. Stages in order: queued, starting, linking, proving, ready.</summary>
public sealed record RunnerStageReached(string Stage, double Seconds, string? Detail) : TranscriptEvent;
