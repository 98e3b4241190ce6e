using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>psql through the proxy to the real standby.</summary>
[Collection(RealReplica.Collection)]
public sealed class PsqlTests(RealReplica replica)
{
    [Fact]
    public async Task Psql_reads_a_row()
    {
        await using ProxyHost proxy = replica.Open();

        FinishedProcess psql = await PsqlAsync(proxy, "SELECT 40 + 2");

        Assert.Equal("", psql.Errors);
        Assert.Equal("42\n", psql.Output);
    }

    [Theory]
    [InlineData(@"\d recipes", "minutes")]
    [InlineData(@"\d+", "recipes")]
    [InlineData(@"\l", "postgres")]
    [InlineData(@"\dn", "public")]
    [InlineData(@"\du", "safe_reader")]
    [InlineData(@"\df", "")]
    [InlineData(@"\copy (SELECT 1 AS a) TO STDOUT", "1")]
    [InlineData("EXPLAIN ANALYZE SELECT count(*) FROM recipes", "Execution Time")]
    [InlineData("PREPARE p AS SELECT $1::int; EXECUTE p(5)", "5")]
    [InlineData("BEGIN; DECLARE c CURSOR FOR SELECT 7; FETCH c; COMMIT", "7")]
    [InlineData("COPY (SELECT 8) TO STDOUT", "8")]
    public async Task Psql_introspects_and_reads(string command, string expected)
    {
        await using ProxyHost proxy = replica.Open();

        FinishedProcess psql = await PsqlAsync(proxy, command);

        Assert.Equal("", psql.Errors);
        Assert.Contains(expected, psql.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Psql_shows_the_rule_the_place_and_the_hint_of_a_denial_and_goes_on()
    {
        await using ProxyHost proxy = replica.Open();

        FinishedProcess psql = await PsqlAsync(proxy, "SELECT 1, pg_terminate_backend(1)", "SELECT 42");

        Assert.Equal("42\n", psql.Output);
        Assert.Matches(@"^ERROR:  SafeConsole denied this statement: .+ \(rule [\w.-]+\)\nLINE 1: SELECT 1, pg_terminate_backend\(1\)\n                  \^\nHINT:  .*Ask #recipes\.", psql.Errors);
    }

    [Fact]
    public async Task Session_is_kept_in_the_file_transcript_in_the_order_of_the_gate()
    {
        using var folder = new TemporaryFolder();
        using TranscriptSigningKey key = TranscriptSigningKey.OpenOrCreate(folder.At("key.pem"));
        await using var store = new FileTranscriptStore(folder.At("transcripts"), TimeProvider.System, key, NullLogger<FileTranscriptStore>.Instance);
        string session = Guid.NewGuid().ToString();
        await using (Transcript transcript = await store.CreateAsync(session, CancellationToken.None))
        {
            await using (ProxyHost proxy = replica.Open(transcript: transcript))
            {
                await PsqlAsync(proxy, "SELECT 42", "DELETE FROM recipes");
            }

            await transcript.SealAsync(new SessionEnded(SessionEndReason.ReplExited, "", 0), CancellationToken.None);
        }

        var types = new List<string>();
        await foreach (TranscriptLine line in store.ReadAsync(session, 1, follow: false, CancellationToken.None))
        {
            using var json = JsonDocument.Parse(line.Json);
            types.Add(json.RootElement.GetProperty("type").GetString()!);
        }

        Assert.Equal(
            [
                "database.connected", "replica.proven",
                "statement.submitted", "statement.judged", "statement.completed",
                "statement.submitted", "statement.judged", "statement.completed",
                "database.disconnected", "session.ended",
            ],
            types);
        Assert.True((await store.VerifyAsync(session, CancellationToken.None)).Intact);
    }

    private Task<FinishedProcess> PsqlAsync(ProxyHost proxy, params string[] commands) => FinishedProcess.RunAsync(
        "psql",
        ["--no-psqlrc", "--tuples-only", "--no-align", $"host=127.0.0.1 port={proxy.Port} user=safe_reader dbname={replica.Cluster.Database}", .. commands.SelectMany(c => new[] { "-c", c })],
        CancellationToken.None);
}
