namespace SafeConsole.Agent.Native;

/// <summary>What the agent sets on itself at start.</summary>
internal static class OwnProcess
{
    private const int SetDumpable = 4;          // PR_SET_DUMPABLE
    private const int SetChildSubreaper = 36;   // PR_SET_CHILD_SUBREAPER

    /// <summary>
    /// The REPL runs as the same user: without the dumpable flag it can neither trace the agent nor read its memory or environment in /proc.
    /// Orphans come to the agent, also where it is not PID 1. When memory runs out, the kernel ends the runner before anything else.
    /// </summary>
    public static void Shield()
    {
        PreferAsVictim();
        if (Libc.ControlProcess(SetDumpable, 0, 0, 0, 0) != 0)
            throw new AgentFailedException("The kernel refused to protect the agent's memory from the REPL.");
        Libc.ControlProcess(SetChildSubreaper, 1, 0, 0, 0);
    }

    private static void PreferAsVictim()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("The runner could not be made the first victim of an out-of-memory kill: " + e.Message);
        }
    }
}
