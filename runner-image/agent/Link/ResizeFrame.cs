namespace SafeConsole.Agent.Link;

/// <summary>The terminal's new size in characters.</summary>
internal sealed record ResizeFrame(int Columns, int Rows);
