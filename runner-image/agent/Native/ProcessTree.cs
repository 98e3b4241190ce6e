using System.Globalization;

namespace SafeConsole.Agent.Native;

/// <summary>Ends every process of the runner but the agent.</summary>
internal static class ProcessTree
{
    /// <summary>As PID 1 of its namespace the agent kills everything at once; elsewhere it kills its descendants until there is none.</summary>
    public static void KillAllButSelf()
    {
        if (Environment.ProcessId == 1)
        {
            Libc.Kill(-1, Signal.Kill);
            return;
        }
        // A process that forks while we walk leaves a child for the next walk; orphans are ours by PR_SET_CHILD_SUBREAPER.
        for (var walk = 0; walk < 100 && KillDescendants(); walk++)
        {
        }
    }

    private static bool KillDescendants()
    {
        var parents = ReadParents();
        var killed = false;
        foreach (var process in parents.Keys)
        {
            if (IsDescendant(process, parents))
                killed |= Libc.Kill(process, Signal.Kill) == 0;
        }
        return killed;
    }

    private static bool IsDescendant(int process, Dictionary<int, int> parents)
    {
        for (var depth = 0; depth < 4096 && parents.TryGetValue(process, out var parent); depth++)
        {
            if (parent == Environment.ProcessId)
                return true;
            process = parent;
        }
        return false;
    }

    /// <summary>Process to parent, of everything that is alive; zombies are left out, for they cannot be killed again.</summary>
    private static Dictionary<int, int> ReadParents()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var process))
                continue;
            try
            {
                // proc(5): pid (name) state ppid …; the name may contain blanks and parentheses, so look behind the last one.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 3);
                if (fields[0] is not "Z" and not "X")
                    parents[process] = int.Parse(fields[1], CultureInfo.InvariantCulture);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked.
            }
        }
        return parents;
    }
}
