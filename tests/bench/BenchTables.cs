using Npgsql;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>pgbench's own tables in the cluster's database, readable for SafeConsole's role.</summary>
public static class BenchTables
{
    private const int Scale = 21;

    /// <summary>Makes them on the primary: 2.1 million accounts, 270 MB. Returns when the standby has them.</summary>
    public static async Task CreateAsync(PostgresCluster cluster)
    {
        var primary = new NpgsqlConnectionStringBuilder(cluster.PrimarySuperuser);
        var arguments = $"-i -I dtGvp -q -s {Scale} -h {primary.Host} -p {primary.Port} -U {primary.Username} {primary.Database}";
        (await FinishedProcess.RunAsync(Program(), arguments.Split(' '))).OrThrow();
        await cluster.ExecuteAsync($"GRANT SELECT ON pgbench_accounts, pgbench_branches, pgbench_tellers, pgbench_history TO {PostgresCluster.Reader}");
    }

    /// <summary>The path of the newest pgbench here.</summary>
    public static string Program() => Directory.EnumerateFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
}
