namespace SafeConsole.Runners.Frames;

/// <summary>The terminal's new size in characters, for the agent.</summary>
internal sealed record ResizeFrame(int Columns, int Rows);
