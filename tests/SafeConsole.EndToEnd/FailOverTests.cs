using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd;

/// <summary>A replica that is promoted under a session is a replica no more.</summary>
public sealed class FailOverTests
{
    [Fact]
    public async Task Promotion_of_the_standby_cuts_the_session_off()
    {
        await using var cluster = await PostgresCluster.StartAsync(PostgresCluster.RecipesFile);
        await using var gateway = await RunningGateway.StartAsync(cluster);
        await using var script = await ConsoleClient.DeveloperAsync(gateway.Address);
        await using var session = await script.OpenAsync("recipes", "psql", "REC-4 fail-over");
        await session.ShowsAsync("recipes=>");
        await session.AskAsync("SELECT pg_is_in_recovery();", "(1 row)");

        await cluster.PromoteAsync();

        var end = await session.RecordsAsync("session.ended");
        Assert.Equal("ReplicaUnsafe", end.Text("reason"));
    }

    [Fact]
    public async Task Session_on_a_database_that_is_no_replica_does_not_start()
    {
        await using var cluster = await PostgresCluster.StartAsync(PostgresCluster.RecipesFile);
        await cluster.PromoteAsync();
        await using var gateway = await RunningGateway.StartAsync(cluster);
        await using var script = await ConsoleClient.DeveloperAsync(gateway.Address);

        await using var session = await script.OpenAsync("recipes", "psql", "REC-4 fail-over");

        Assert.Equal("ProofFailed", (await session.RecordsAsync("session.ended")).Text("reason"));
        Assert.DoesNotContain("recipes=>", session.Screen, StringComparison.Ordinal);
    }
}
