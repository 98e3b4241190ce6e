namespace SafeConsole.Runners.Processes;

/// <summary>What a process does.</summary>
internal enum ProcessState
{
    /// <summary>Any of its threads runs, or waits for something.</summary>
    Running,

    /// <summary>Halted by a signal: it does nothing until it is killed, and starts no child.</summary>
    Stopped,

    /// <summary>Gone, or a zombie that nobody has asked for yet.</summary>
    Ended,
}
