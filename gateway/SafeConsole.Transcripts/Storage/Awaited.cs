namespace SafeConsole.Transcripts.Storage;

/// <summary>What the appender of an event waits for.</summary>
internal enum Awaited
{
    /// <summary>For nothing: it goes into the file with the next event that somebody waits for, or soon.</summary>
    Nothing,

    /// <summary>That the kernel has it.</summary>
    Written,

    /// <summary>That the disk has it.</summary>
    Durable,
}
