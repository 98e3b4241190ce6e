namespace SafeConsole.Runners.Frames;

/// <summary>The REPL has ended, with a code or by a signal, and all of its output came before this.</summary>
public sealed record ExitFrame(int? Code = null, int? Signal = null) : RunnerFrame;
