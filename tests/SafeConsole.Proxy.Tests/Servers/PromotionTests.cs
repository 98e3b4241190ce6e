using Npgsql;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>A standby that is promoted under a live session. It has its own servers: there is no way back.</summary>
public sealed class PromotionTests
{
    [Fact]
    public Task Promoted_replica_cuts_the_session_off_and_no_new_connection_is_let_in() => WithReplicaAsync(async replica =>
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy, "Server Compatibility Mode=NoTypeLoading;");
        Assert.Equal(5000L, await StatementTests.ScalarAsync(connection, "SELECT count(*) FROM recipes"));

        await replica.Cluster.PromoteAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => StatementTests.ScalarAsync(connection, "SELECT 'after the promotion'"));
        // Only what was recorded can have run.
        Assert.DoesNotContain(proxy.Recorded.Of<StatementSubmitted>(), submitted => submitted.Sql.Contains("after the promotion", StringComparison.Ordinal));
        Assert.Contains("promoted", await proxy.Session.Tripped.WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresException>(() => replica.ConnectAsync(proxy));
        List<ReplicaProven> proofs = [.. proxy.Recorded.Of<ReplicaProven>()];
        Assert.NotEmpty(proofs.Skip(1));
        Assert.True(proofs[0].Passed);
        Assert.All(proofs.Skip(1), proven => Assert.False(proven.Passed));
    });

    [Fact]
    public Task Promotion_is_noticed_while_no_statement_runs() => WithReplicaAsync(async replica =>
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        await replica.Cluster.PromoteAsync();

        Assert.Equal("E:57P01 EOF", await client.ReadAsync(1));
        Assert.Contains("promoted", await proxy.Session.Tripped.WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
    });

    private static async Task WithReplicaAsync(Func<RealReplica, Task> test)
    {
        using var replica = new RealReplica();
        await replica.InitializeAsync();
        try
        {
            await test(replica);
        }
        finally
        {
            await replica.DisposeAsync();
        }
    }
}
