using SafeConsole.Scripting;

namespace SafeConsole.EndToEnd;

/// <summary>psql, Python and a shell as REPLs of targets, and what cannot be reached from them. By script, without a browser.</summary>
[Collection(SiteTests.Name)]
public sealed class ReplTests(Site site)
{
    [Fact]
    public async Task Psql_reads_from_the_standby()
    {
        await using var script = await ConsoleClient.DeveloperAsync(site.Gateway.Address);
        await using var session = await script.OpenAsync("recipes", "psql", "REC-1 a look");
        await session.ShowsAsync("recipes=>");

        await session.AskAsync("SELECT count(*) FROM recipes;", "12000");
        await session.AskAsync("SELECT pg_is_in_recovery();", " t");
    }

    [Fact]
    public async Task Python_reads_through_psycopg()
    {
        await using var script = await ConsoleClient.DeveloperAsync(site.Gateway.Address);
        await using var session = await script.OpenAsync("recipes-python", "bare", "REC-1 a look");
        await session.ShowsAsync(">>> ");

        await session.AskAsync("import os, psycopg", ">>> ");
        await session.AskAsync("c = psycopg.connect(os.environ['DATABASE_URL'])", ">>> ");
        await session.AskAsync("print('rows:', c.execute('SELECT count(*) FROM users WHERE id < %s', (11,)).fetchone()[0])", "rows: 10");
        await session.AskAsync("c.execute('DELETE FROM users')", "(rule statement.kind)");
    }

    [Fact]
    public async Task Shell_reaches_nothing_but_the_targets_database()
    {
        await using var script = await ConsoleClient.DeveloperAsync(site.Gateway.Address);
        await using var session = await script.OpenAsync("recipes-shell", "bash", "REC-1 a look");
        await session.ShowsAsync("$");

        // The runner's 127.0.0.1 is its own, where neither the gateway nor the servers listen; nothing else has a route or a name.
        var (gateway, standby) = (site.Gateway.Address.Port, site.Cluster.StandbyPort);
        await session.AskAsync($"curl --silent --verbose --max-time 3 {site.Gateway.Address}", $"127.0.0.1 port {gateway} failed: Connection refused");
        await session.AskAsync("curl --silent --verbose --max-time 3 http://192.0.2.1/", "192.0.2.1: Network is unreachable");
        await session.AskAsync("curl --silent --show-error --max-time 3 http://example.com/", "curl: (6) Could not resolve host: example.com");
        await session.AskAsync("ping -c 1 -W 1 192.0.2.1", "ping: socket: Operation not permitted");
        await session.AskAsync($"(exec 3<>/dev/tcp/127.0.0.1/{standby})", $"/dev/tcp/127.0.0.1/{standby}: Connection refused");
        await session.AskAsync("(exec 3<>/dev/tcp/192.0.2.1/443)", "/dev/tcp/192.0.2.1/443: Network is unreachable");
        await session.AskAsync($"psql -h 127.0.0.1 -p {standby} -c 'SELECT 1'", $"\"127.0.0.1\", port {standby} failed: Connection refused");
        await session.AskAsync("psql -Atc 'SELECT 40 + 2'; echo offered=$?", "offered=0");
        await session.AskAsync("env | sort; echo environment-shown", "\nenvironment-shown");
        Assert.DoesNotContain(site.Cluster.ReaderPassword, session.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("SAFECONSOLE_TICKET", session.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("SAFECONSOLE_DEMO", session.Screen, StringComparison.Ordinal);
    }
}
