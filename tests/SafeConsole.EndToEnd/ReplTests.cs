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
        await session.AskAsync("c.execute('DELETE FROM users')", "InsufficientPrivilege");
    }

    [Fact]
    public async Task Shell_reaches_nothing_but_the_targets_database()
    {
        await using var script = await ConsoleClient.DeveloperAsync(site.Gateway.Address);
        await using var session = await script.OpenAsync("recipes-shell", "bash", "REC-1 a look");
        await session.ShowsAsync("$");

        await session.AskAsync($"curl --silent --max-time 3 {site.Gateway.Address}; echo curl=$?", "curl=7");
        await session.AskAsync($"ping -c 1 -W 1 192.0.2.1 >/dev/null 2>&1; echo ping=$(( $? != 0 ))", "ping=1");
        await session.AskAsync($"psql -h 127.0.0.1 -p {site.Cluster.StandbyPort} -c 'SELECT 1'; echo direct=$?", "direct=2");
        await session.AskAsync("psql -Atc 'SELECT 40 + 2'; echo offered=$?", "offered=0");
        await session.AskAsync("env | grep -c -i -E 'SAFECONSOLE_|SCRAM|secret'; echo secrets-looked-for", "0\r\nsecrets-looked-for");
    }
}
