using SafeConsole.Scripting;

namespace SafeConsole.Bench;

/// <summary>Through SafeConsole: typed into the shell of a runner.</summary>
public sealed class RunnerWay(OpenedSession session) : IWay
{
    private int commands;

    /// <inheritdoc/>
    public async Task<string> RunAsync(string command, TimeSpan within)
    {
        // The typed line holds `$?`, so only the result of its echo has the digit.
        var shown = await session.AskAsync($"cd /tmp; {command}; echo ended-{++commands}-$?-", $"ended-{commands}-0-", within);
        return shown.Replace("\r", "", StringComparison.Ordinal);
    }
}
