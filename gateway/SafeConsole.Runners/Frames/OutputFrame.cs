namespace SafeConsole.Runners.Frames;

/// <summary>What the REPL wrote to its terminal, at most 64 KiB. The bytes are valid until the next frame is received.</summary>
public sealed record OutputFrame(ReadOnlyMemory<byte> Data) : RunnerFrame;
