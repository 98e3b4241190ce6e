using System.Text.Json;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd.Gate;

/// <summary>
/// The labelled statements over the whole way: client, agent, gateway, gate, server. On the hot standby, and on a primary as a superuser, where the outer walls are missing.
/// Nothing that is forbidden has an effect, and nothing that is honest is refused.
/// </summary>
public sealed class GateCorpusTests(CorpusSite site) : IClassFixture<CorpusSite>
{
    private static readonly string[] Denied = ["denied/pg_deny.jsonl", "denied/own_meaning.jsonl", "denied/own_variants.jsonl"];
    private static readonly string[] Allowed = ["allowed/pg_allow.jsonl", "allowed/own_meaning.jsonl", "allowed/own_variants.jsonl"];

    /// <summary>RESET ALL goes back to the timeout that the gateway gave at start-up, and that ends the sleep which follows.</summary>
    private static readonly string[] EndedByTimeout = ["PGD-DISCARD-RESET-003"];

    /// <summary>Needs track_commit_timestamp, which the servers here do not have on.</summary>
    private static readonly string[] NeedsAnotherServer = ["PGA-CATALOG-050"];

    /// <summary>Asks a superuser's server about its recovery.</summary>
    private static readonly string[] NeedsRecovery = ["OVA-CLIENT-058"];

    [Theory]
    [InlineData(CorpusSite.Standby)]
    [InlineData(CorpusSite.Primary)]
    public async Task Nothing_forbidden_passes(string target)
    {
        var labels = Labels(Denied);
        var before = await StateAsync();

        var rows = await site.SendAsync(target, Denied);

        Assert.Superset(labels.Keys.ToHashSet(), rows.Select(row => row.Id).ToHashSet());
        AssertAll(rows, row => HoldsZeroByte(labels[row.Id]) || IsStopped(row, labels[row.Id]));
        Assert.Equal(before, await StateAsync());
    }

    [Theory]
    [InlineData(CorpusSite.Standby)]
    [InlineData(CorpusSite.Primary)]
    public async Task Nothing_honest_is_refused(string target)
    {
        var labels = Labels(Allowed);

        var rows = await site.SendAsync(target, Allowed);

        Assert.Superset(labels.Keys.ToHashSet(), rows.Select(row => row.Id).ToHashSet());
        AssertAll(rows, row => row.Statements.All(statement => statement.Verdict != "denied"));
        AssertAll(rows, row => Worked(row, labels[row.Id], target));
    }

    // The message names every row that is wrong, whole.
    private static void AssertAll(IEnumerable<SentRow> rows, Func<SentRow, bool> isRight)
    {
        string[] wrong = [.. rows.Where(row => !isRight(row)).Select(row => $"{row.Id}/{row.Protocol}: {string.Join(" | ", row.Statements)}")];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    // A client library ends a text at its zero byte; what the gate makes of one is a case of the protocol, P47.
    private static bool HoldsZeroByte(JsonElement label) => label.GetProperty("sql").ToString().Contains('\0', StringComparison.Ordinal);

    /// <summary>Refused, or passed on only as something harmless, or, where the row allows that, over within the limits.</summary>
    private static bool IsStopped(SentRow row, JsonElement label) =>
        row.Statements.Any(statement => statement.Verdict != "approved")
        || ((Text(label, "expect") == "deny_or_limit" || EndedByTimeout.Contains(row.Id)) && row.Statements.All(statement => statement.Milliseconds < CorpusSite.LongestRun.TotalMilliseconds));

    private static bool Worked(SentRow row, JsonElement label, string target)
    {
        var mayFail = NeedsAnotherServer.Contains(row.Id) || label.TryGetProperty("expected_error_at", out _) || Text(label, "must") == "False"
            || (target == CorpusSite.Primary && NeedsRecovery.Contains(row.Id))
            || (target == CorpusSite.Standby && (Text(label, "runs_hot_standby") == "False" || Text(label, "verified_as") == "superuser"));
        return mayFail || row.Statements.All(statement => statement.SqlState is null || (target == CorpusSite.Standby && IsLackOfPrivilege(statement)));
    }

    // The gate has approved it; what the reader may read is the server's to say.
    private static bool IsLackOfPrivilege(SentStatement statement) => statement is { Verdict: "approved", SqlState: "42501" };

    private static string? Text(JsonElement label, string name) => label.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static Dictionary<string, JsonElement> Labels(params string[] files) => files
        .SelectMany(file => File.ReadLines(RepositoryRoot.At(["tests", "statements", .. file.Split('/')])))
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(label => label.GetProperty("id").GetString()!);

    /// <summary>Everything that a statement could have changed on the primary: data, catalog, roles, settings files, statistics' resets, slots, large objects.</summary>
    private async Task<string> StateAsync()
    {
        var server = $"-h {site.Cluster.SocketFolder} -p {site.Cluster.PrimaryPort} -U postgres";
        var command = $"""
            set -e
            pg_dump {server} {site.Cluster.Database} | grep -vE '^.(un)?restrict '
            pg_dumpall {server} --globals-only | grep -vE '^.(un)?restrict '
            psql {server} -XAt {site.Cluster.Database} <<'SQL'
            SELECT datname, stats_reset FROM pg_stat_database ORDER BY 1;
            SELECT stats_reset FROM pg_stat_bgwriter;
            SELECT slot_name FROM pg_replication_slots;
            SELECT pg_read_file('postgresql.auto.conf'), (SELECT count(*) FROM pg_prepared_xacts), (SELECT count(*) FROM pg_stat_replication);
            SELECT name, setting FROM pg_settings WHERE source NOT IN ('client', 'session') ORDER BY 1;
            SQL
            """;
        return (await FinishedProcess.RunAsync("bash", ["-c", command])).OrThrow().Output;
    }
}
