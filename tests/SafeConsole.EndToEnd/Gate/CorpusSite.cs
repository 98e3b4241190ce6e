using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd.Gate;

/// <summary>
/// The corpus's schema on a primary with a hot standby, and a gateway with two shells: `recipes-shell` on the standby as the reader, and `overpowered` straight on the
/// primary as a superuser, where nothing but the gate and the session's settings stands in the way.
/// </summary>
public sealed class CorpusSite : IAsyncLifetime
{
    public const string Standby = "recipes-shell";
    public const string Primary = "overpowered";

    /// <summary>The policies' limit: time enough for the slowest introspection on a busy machine.</summary>
    public static readonly TimeSpan StatementTimeout = TimeSpan.FromSeconds(8);

    /// <summary>The gateway's last resort comes 5 s after the limit; the rest is for a busy machine.</summary>
    public static readonly TimeSpan LongestRun = StatementTimeout + TimeSpan.FromSeconds(15);

    private static readonly string Statements = RepositoryRoot.At("tests", "statements");

    // The repository may lie where runners cannot read, and their /tmp is their own.
    private readonly DirectoryInfo readable = Directory.CreateDirectory($"/var/tmp/safeconsole-corpus-{Guid.NewGuid():N}");

    /// <summary>The databases.</summary>
    public PostgresCluster Cluster { get; private set; } = null!;

    /// <summary>The gateway.</summary>
    public RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.At("schema.sql"), await File.ReadAllTextAsync(Path.Combine(Statements, "schema.sql")) + "\n" + await File.ReadAllTextAsync(Path.Combine(Statements, "own_schema.sql")));
        Cluster = await PostgresCluster.StartAsync(folder.At("schema.sql"));
        await Cluster.ExecuteAsync($"CREATE ROLE overpowered LOGIN SUPERUSER PASSWORD '{Cluster.ReaderPassword}'");
        // Compiling an introspection whose cost was guessed 1,000 times too high takes 2 s of processor time for 1 ms of work; asyncpg turns that off itself before it asks.
        await Cluster.ExecuteAsync($"ALTER DATABASE {Cluster.Database} SET jit = off");
        Gateway = await RunningGateway.StartAsync(
            Cluster, (Standby, policy => policy.WithLimit("statementTimeout", $"{StatementTimeout.TotalSeconds:0}s").WithLimit("connections", "12").Replace("  role: safe_reader", "  role: safe_reader\n  proof:\n    maximumLag: 1h", StringComparison.Ordinal)),
            // Each row is sent on a connection of its own.
            new Dictionary<string, string> { ["Runners:ReadOnlyPaths:0"] = readable.FullName, ["Proxy:OpeningInterval"] = "00:00:00.001" });
        CopyReadable();
        await AddOverpoweredAsync();
    }

    /// <summary>Sends the files' rows from within a runner of the target, and returns what the transcript says of each.</summary>
    internal async Task<IReadOnlyList<SentRow>> SendAsync(string target, params string[] files)
    {
        await using var script = await ConsoleClient.DeveloperAsync(Gateway.Address);
        await using var session = await script.OpenAsync(target, "bash", "REC-5 corpus");
        await session.ShowsAsync("$");
        var paths = string.Join(' ', files.Select(file => Path.Combine(readable.FullName, file)));
        var shown = await session.AskAsync($"/usr/bin/python3 {readable.FullName}/corpus.py {paths}; echo corpus-'ended'-$?", "corpus-ended-", TimeSpan.FromMinutes(5));
        Assert.Contains("corpus-sent", shown, StringComparison.Ordinal);
        await session.EndAsync();
        await session.RecordsAsync("session.ended");
        return SentRow.Of(session.Entries);
    }

    public async Task DisposeAsync()
    {
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }
        readable.Delete(recursive: true);
    }

    private void CopyReadable()
    {
        File.Copy(RepositoryRoot.At("tests", "SafeConsole.EndToEnd", "Gate", "corpus.py"), Path.Combine(readable.FullName, "corpus.py"));
        foreach (var file in Directory.EnumerateFiles(Statements, "*.jsonl", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(readable.FullName, Path.GetRelativePath(Statements, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(readable.FullName, (UnixFileMode)Convert.ToInt32("755", 8));
        }
    }

    private async Task AddOverpoweredAsync()
    {
        var targets = Path.Combine(Gateway.PolicyFolder, "targets");
        var text = (await File.ReadAllTextAsync(Path.Combine(targets, $"{Standby}.yaml")))
            .Replace($"port: {Cluster.StandbyPort}", $"port: {Cluster.PrimaryPort}", StringComparison.Ordinal)
            .Replace("role: safe_reader", "role: overpowered", StringComparison.Ordinal)
            .Replace("  proof:\n", "  proof:\n    standby: waived\n    role: waived\n", StringComparison.Ordinal);
        var file = Path.Combine(targets, $"{Primary}.yaml");
        await File.WriteAllTextAsync(file + ".saving", text);
        File.Move(file + ".saving", file);
        await using var script = await ConsoleClient.DeveloperAsync(Gateway.Address);
        await Eventually.HoldsAsync(
            async () => (await script.GetAsync("/api/targets")).EnumerateArray().Any(target => target.GetProperty("name").GetString() == Primary), "the new target is in force");
    }
}
