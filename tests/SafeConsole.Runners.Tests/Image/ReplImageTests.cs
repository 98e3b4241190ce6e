namespace SafeConsole.Runners.Tests.Image;

/// <summary>Each REPL of the runner image starts without a network, with a connection ready, and answers from a real PostgreSQL.</summary>
[Collection(ImageSiteTests.Name)]
public sealed class ReplImageTests(ImageSite site)
{
    public const string Image = "safeconsole/runner:dev";

    [Theory]
    [InlineData("psql", "psql (15", "recipes=", "select 41 * 41;", "1681")]
    [InlineData("python-repl", "conn is a psycopg connection", "In [1]: ", "conn.execute('select 41 * 41').fetchone()", "(1681,)")]
    [InlineData("ruby-repl", "db is a PG::Connection", "irb(main):001:0> ", "db.exec('select 41 * 41').getvalue(0, 0)", "\"1681\"")]
    [InlineData("csharp-repl", "db is an NpgsqlDataSource", "> ", "Show(\"select 41 * $1 as product, null as nothing\", 41)", "1681    | NULL")]
    [InlineData("csharp-repl", "db is an NpgsqlDataSource", "> ", "Query(\"select 41 * $1 as n\", 41)[0][\"n\"]", "1681")]
    public async Task Repl_starts_with_a_connection_and_answers(string command, string greeting, string prompt, string line, string answer)
    {
        await using var console = await site.OpenAsync(Image, command);
        await console.SeeAsync(greeting);
        await console.SeeAsync(prompt);

        await console.EnterAsync(line);

        await console.SeeAsync(answer);
    }

    [Theory]
    [InlineData("python-repl", "In [1]: ")]
    [InlineData("ruby-repl", "irb(main):001:0> ")]
    [InlineData("csharp-repl", "> ")]
    public async Task Repl_without_a_database_says_so_and_starts_all_the_same(string command, string prompt)
    {
        var database = site.Server.Database;
        site.Server.Database = _ => Task.CompletedTask;
        try
        {
            await using var console = await site.OpenAsync(Image, command);
            await console.SeeAsync("There is no connection: ");
            await console.SeeAsync(prompt);

            await console.EnterAsync("1 + 1680");

            await console.SeeAsync("1681");
        }
        finally
        {
            site.Server.Database = database;
        }
    }

    [Fact]
    public async Task CSharp_takes_a_statement_of_several_lines()
    {
        await using var console = await site.OpenAsync(Image, "csharp-repl");
        await console.SeeAsync("db is an NpgsqlDataSource");
        await console.SeeAsync("> ");

        await console.EnterAsync("foreach (var row in Query(\"select generate_series(1, 3) * 1111 as n\"))");
        await console.EnterAsync("Console.WriteLine($\"<{row[\"n\"]}>\");");

        await console.SeeAsync("<3333>");
    }

    [Fact]
    public async Task CSharp_survives_that_no_package_can_be_fetched()
    {
        await using var console = await site.OpenAsync(Image, "csharp-repl");
        await console.SeeAsync("db is an NpgsqlDataSource");
        await console.SeeAsync("> ");

        await console.EnterAsync("#r \"nuget: Dapper\"");
        await console.SeeAsync("> ");
        await console.EnterAsync("1 + 1680");

        await console.SeeAsync("1681");
    }
}
