using System.Text.Json;
using Npgsql;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Commands;

/// <summary>`statements judge --catalog` on the labelled statements of tests/statements: none that is forbidden passes, and none that is honest is refused.</summary>
public sealed class StatementsJudgeCatalogTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private PostgresCluster cluster = null!;

    public async Task InitializeAsync()
    {
        var schema = folder.At("schema.sql");
        await File.WriteAllTextAsync(schema, Statements("schema.sql") + "\n" + Statements("own_schema.sql"));
        cluster = await PostgresCluster.StartAsync(schema);
    }

    public async Task DisposeAsync() => await cluster.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Nothing_forbidden_passes_and_nothing_honest_is_refused()
    {
        var denied = await JudgeAsync("denied", cluster.StandbyReader);
        var allowed = await JudgeAsync("allowed", cluster.PrimarySuperuser);

        Assert.InRange(denied.Count, 1_400, int.MaxValue);
        Assert.InRange(allowed.Count, 1_000, int.MaxValue);
        Assert.Equal([], denied.Where(line => line is { Verdict: "approved", EndedByLimit: false }).Select(line => line.Id));
        Assert.Equal([], allowed.Where(line => line.Verdict == "denied").Select(line => line.Id));
    }

    [Fact]
    public async Task An_address_in_libpqs_form_is_understood()
    {
        var superuser = new NpgsqlConnectionStringBuilder(cluster.PrimarySuperuser);
        var address = $"postgresql://postgres:x%40y@localhost:{superuser.Port}/{superuser.Database}?host={Uri.EscapeDataString(superuser.Host!)}&connect_timeout=5&sslmode=disable";
        using var judge = JudgeProcess.Start("--catalog", address);

        Assert.Equal("approved", (await judge.AskAsync("""{"sql": "SELECT avg_rating(1)"}""")).GetProperty("verdict").GetString());
        Assert.Equal("denied", (await judge.AskAsync("""{"sql": "SELECT r.seo_title FROM recipes r"}""")).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_role_that_the_database_does_not_have_is_named()
    {
        var policies = folder.At("policies");
        new Hosting.PolicyFolder(policies).WriteDefaults();
        new Hosting.PolicyFolder(policies).Write("other", Hosting.PolicyFolder.Shell().Replace("role: safe_reader", "role: nobody_knows", StringComparison.Ordinal));

        var (exitCode, output, errors) = await JudgeProcess.RunAsync(["statements", "judge", "--target", "other", "--policies", policies, "--catalog", cluster.PrimarySuperuser]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal("The database of --catalog cannot say what names mean to the policy's role `nobody_knows`: role \"nobody_knows\" does not exist.\n", errors);
    }

    private static string Statements(string file) => File.ReadAllText(RepositoryRoot.At("tests", "statements", file));

    private static async Task<List<(string Id, string Verdict, bool EndedByLimit)>> JudgeAsync(string kind, string catalog)
    {
        // own_classes.jsonl, own_conversions.jsonl, own_extensions.jsonl and own_types.jsonl are about other databases, those of the schemas of the same names.
        var files = Directory.EnumerateFiles(RepositoryRoot.At("tests", "statements", kind), "*.jsonl").Where(file => Path.GetFileName(file) is not ("own_classes.jsonl" or "own_conversions.jsonl" or "own_extensions.jsonl" or "own_types.jsonl"));
        var rows = files.Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(line => line.Length > 0).ToList();
        using var judge = JudgeProcess.Start("--catalog", catalog);
        var (exitCode, output, errors) = await judge.FinishAsync(string.Join('\n', rows));
        Assert.Equal((0, ""), (exitCode, errors));
        var verdicts = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(rows.Select(Id), verdicts.Select(verdict => verdict.GetProperty("id").GetString()));
        return [.. rows.Zip(verdicts, (row, verdict) => (Id(row), verdict.GetProperty("verdict").GetString()!, IsEndedByLimit(row)))];
    }

    private static string Id(string row) => JsonSerializer.Deserialize<JsonElement>(row).GetProperty("id").GetString()!;

    private static bool IsEndedByLimit(string row) => JsonSerializer.Deserialize<JsonElement>(row).TryGetProperty("expect", out var expect) && expect.GetString() == "deny_or_limit";
}
