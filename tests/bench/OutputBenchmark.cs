using System.Diagnostics;
using SafeConsole.Scripting;

namespace SafeConsole.Bench;

/// <summary>A program that prints without end: recorded, chained, synced to disk and delivered to a follower; beside a bare pty.</summary>
public static class OutputBenchmark
{
    private const int MebiBytes = 32;
    private const long Bytes = MebiBytes * 1024L * 1024L;
    private const string Printer = "yes 'all work and no play makes Jack a dull boy 0123456789' | head -c 33554432";

    /// <summary>Measures MiB/s over 32 MiB.</summary>
    public static async Task<Measurement[]> RunAsync(ConsoleClient client, Choice shell)
    {
        await using var session = await shell.OpenAsync(client);
        var from = session.OutputBytes;
        var begun = Stopwatch.GetTimestamp();
        await session.TypeAsync(Printer + "\r");
        await session.OutputReachesAsync(from + Bytes, TimeSpan.FromMinutes(3));
        var through = MebiBytes / Stopwatch.GetElapsedTime(begun).TotalSeconds;

        using var terminal = new LocalTerminal(Printer);
        begun = Stopwatch.GetTimestamp();
        await terminal.ReadAsync(Bytes);
        var without = MebiBytes / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return [new Measurement("terminal output", "MiB/s", through, null, without)];
    }
}
