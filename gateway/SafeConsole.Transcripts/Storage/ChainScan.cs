namespace SafeConsole.Transcripts.Storage;

/// <summary>
/// What a walk along the chain found: the good part (as a point that could be appended to), its last line, and what follows it:
/// nothing, a line without its end (<see cref="TornBytes"/>), or a line that does not fit (<see cref="Fault"/>, a sentence).
/// </summary>
internal sealed record ChainScan(DurablePoint Good, ReadOnlyMemory<byte> LastLine, long TornBytes, long? FirstBadEvent, string? Fault);
