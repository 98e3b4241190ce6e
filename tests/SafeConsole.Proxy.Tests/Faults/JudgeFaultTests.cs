using SafeConsole.Policies;
using SafeConsole.Proxy.Tests.Fuzzing;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Faults;

/// <summary>A judge that fails instead of judging: here by a policy without the words of a refusal, which no loader lets through.</summary>
public sealed class JudgeFaultTests
{
    [Fact]
    public async Task Statement_that_the_judge_fails_on_is_denied_on_record_and_leaves_the_connection_usable()
    {
        var replica = new ObedientReplica();
        await using FakeServer server = replica.Server;
        var log = new DefectLog();
        TargetPolicy broken = Policy.For(server.Database) with { Refusal = null! };
        await using var proxy = new ProxyHost(broken, new KnownCredentials(new Dictionary<string, string>()), log: log, byName: true);
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");

        string refused = await client.Query("DELETE FROM recipes").ExchangeAsync(1);
        string prepared = await client.Parse("s", "DELETE FROM recipes").Sync().ExchangeAsync(1);
        string answered = await client.Query("SELECT 1").ExchangeAsync(1);

        Assert.StartsWith("E:42501", refused, StringComparison.Ordinal);
        Assert.StartsWith("E:42501", prepared, StringComparison.Ordinal);
        Assert.StartsWith("T", answered, StringComparison.Ordinal);
        Assert.Contains("SELECT 1", replica.Arrived);
        Assert.DoesNotContain(replica.Arrived, sql => sql.Contains("DELETE", StringComparison.Ordinal));
        Assert.Equal(["judge-failed", "judge-failed", "read"], proxy.Recorded.Of<StatementJudged>().Select(judged => judged.Rule));
        Assert.Equal(["denied", "denied", "approved"], proxy.Recorded.Of<StatementJudged>().Select(judged => judged.Verdict));
        Assert.IsType<NullReferenceException>(log.Defect);
    }
}
