namespace SafeConsole.Agent.Terminal;

/// <summary>How the REPL ended: by itself with a code, or by a signal. One of the two is null.</summary>
internal sealed record ReplExit(int? Code, int? Signal)
{
    /// <summary>Reads a status of waitpid(2).</summary>
    public static ReplExit FromStatus(int status)
    {
        var signal = status & 0x7f;
        return signal == 0 ? new ReplExit((status >> 8) & 0xff, null) : new ReplExit(null, signal);
    }
}
