using System.Globalization;
using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>The gateway's memory while ten million rows pass: resident before and after, and the peak between (proc_pid_status(5)).</summary>
public static class MemoryBenchmark
{
    private const string TenMillion = "SELECT i FROM generate_series(1, 10000000) AS i";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Rows of the extended protocol, one by one as they come, by a client that keeps none.
    private const string Client = "python3 -c 'import psycopg; print(sum(1 for row in psycopg.connect(\"\").cursor().stream(\"" + TenMillion + "\")))'";

    /// <summary>Measures MiB for rows by COPY and for rows of a query.</summary>
    public static async Task<Measurement[]> RunAsync(ConsoleClient client, Choice shell, RunningGateway gateway)
    {
        await using var session = await shell.OpenAsync(client);
        var way = new RunnerWay(session);
        var copied = await ResidentAsync(gateway, "10 million rows by COPY", () => way.RunAsync($"psql -X -o /dev/null -c 'COPY ({TenMillion}) TO STDOUT'", Patience));
        var streamed = await ResidentAsync(gateway, "10 million rows of a query", () => way.RunAsync(Client, Patience));
        return [.. copied, .. streamed];
    }

    private static async Task<Measurement[]> ResidentAsync(RunningGateway gateway, string what, Func<Task> work)
    {
        // Writing 5 makes the peak begin anew, proc(5).
        await File.WriteAllTextAsync($"/proc/{gateway.ProcessId}/clear_refs", "5");
        var before = MebiBytes(gateway, "VmRSS:");
        await work();
        return
        [
            new Measurement($"{what}: memory before", "MiB", before, null, null),
            new Measurement($"{what}: peak", "MiB", MebiBytes(gateway, "VmHWM:"), null, null),
            new Measurement($"{what}: memory after", "MiB", MebiBytes(gateway, "VmRSS:"), null, null),
        ];
    }

    private static double MebiBytes(RunningGateway gateway, string field)
    {
        var line = File.ReadLines($"/proc/{gateway.ProcessId}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
