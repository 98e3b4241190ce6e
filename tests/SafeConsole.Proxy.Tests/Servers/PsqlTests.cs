using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;

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

    private Task<FinishedProcess> PsqlAsync(ProxyHost proxy, params string[] commands) => FinishedProcess.RunAsync(
        "psql",
        ["--no-psqlrc", "--tuples-only", "--no-align", $"host=127.0.0.1 port={proxy.Port} user=safe_reader dbname={replica.Cluster.Database}", .. commands.SelectMany(c => new[] { "-c", c })],
        CancellationToken.None);
}
