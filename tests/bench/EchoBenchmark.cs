using System.Diagnostics;
using SafeConsole.Scripting;

namespace SafeConsole.Bench;

/// <summary>From a typed character to its echo: hub, transcript on disk, link, agent, pty and back; beside a bare pty.</summary>
public static class EchoBenchmark
{
    private const int Keys = 300;

    /// <summary>Measures p50 and p99 over 300 keys, one after the other.</summary>
    public static async Task<Measurement[]> RunAsync(ConsoleClient client, Choice shell)
    {
        await using var session = await shell.OpenAsync(client);
        await session.AskAsync("stty -icanon; cat >/dev/null", "cat >/dev/null\r\n");
        var through = new Samples();
        for (var key = 0; key < Keys; key++)
        {
            var (shown, begun) = (session.OutputBytes, Stopwatch.GetTimestamp());
            await session.TypeAsync("x");
            await session.OutputReachesAsync(shown + 1, TimeSpan.FromSeconds(10));
            through.AddSince(begun);
        }

        using var terminal = new LocalTerminal("stty -icanon; echo ready; exec cat >/dev/null");
        await terminal.ReadAsync("ready\r\n".Length);
        var without = new Samples();
        for (var key = 0; key < Keys; key++)
        {
            var begun = Stopwatch.GetTimestamp();
            await terminal.TypeAsync("x");
            await terminal.ReadAsync(1);
            without.AddSince(begun);
        }
        return
        [
            new Measurement("echo of a key, p50", "ms", through.Percentile(50), null, without.Percentile(50)),
            new Measurement("echo of a key, p99", "ms", through.Percentile(99), null, without.Percentile(99)),
        ];
    }
}
