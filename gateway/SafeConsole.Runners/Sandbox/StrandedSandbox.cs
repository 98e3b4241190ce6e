using System.Globalization;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// A sandbox whose outer bwrap was killed in its first milliseconds: the inner one has not asked to die with it yet, and waits for it for
/// ever. It is found by the runner's id in its command line, which no longer stands there once the agent runs.
/// </summary>
internal static class StrandedSandbox
{
    /// <summary>The variable by which `ps` shows whose sandbox it is.</summary>
    public const string RunnerVariable = "SAFECONSOLE_RUNNER";

    /// <summary>Kills what is stranded of a runner; true if there was something. To be called when the outer process is gone.</summary>
    public static bool Kill(string runner)
    {
        var killed = false;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && IsOf(runner, folder))
                killed |= ProcessIdentity.Of(process)?.Kill() == true;
        }
        return killed;
    }

    private static bool IsOf(string runner, string folder)
    {
        try
        {
            var arguments = File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
            var variable = Array.IndexOf(arguments, RunnerVariable);
            return variable > 0 && arguments.ElementAtOrDefault(variable + 1) == runner;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
