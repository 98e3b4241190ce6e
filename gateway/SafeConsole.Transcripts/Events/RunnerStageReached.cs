namespace SafeConsole.Transcripts.Events;

/// <summary>A stage of the launch was completed, and the seconds that it took. Stages in order: queued, provisioning, pulling, starting, linking (or claiming instead of them all, where a booted runner waited), proving, ready.</summary>
public sealed record RunnerStageReached(string Stage, double Seconds, string? Detail) : TranscriptEvent;
