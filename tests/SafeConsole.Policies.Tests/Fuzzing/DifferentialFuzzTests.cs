using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Tests.Meanings;
using SafeConsole.Proxy.Postgres.Catalogs;
using SafeConsole.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SafeConsole.Policies.Tests.Fuzzing;

/// <summary>
/// The judge against PostgreSQL itself: a mutated statement that is approved is run by a superuser, read-only and in autocommit, on a primary, where no other wall stands; it
/// must leave everything as it was.
/// </summary>
[Collection(DatabaseCollection.Name)]
public sealed class DifferentialFuzzTests(DatabaseFixture database, ITestOutputHelper output)
{
    private const int BetweenLooks = 250;
    private readonly StatementJudge judge = new();
    private int approved;

    [Fact]
    public async Task Approved_statements_leave_the_server_as_it_was()
    {
        DatabaseCatalog catalog = await new CatalogReader(database.Source, "postgres").ReadAsync();
        await using ServerWatch watch = await ServerWatch.OpenAsync(database.Source.ConnectionString);
        string all = await watch.LookAtAllAsync();
        string usual = await watch.LookAsync();
        var run = new FuzzRun<string>(
            SqlSeeds.Statements, SqlSeeds.Mutator.Mutate, text => ExamineAsync(watch, catalog, text, usual, all).GetAwaiter().GetResult(), SqlSeeds.Show)
        {
            MostAllocated = 256 * 1024 * 1024,
        };
        foreach (FuzzReport report in await Task.Run(() => run.Run(1_500)))
        {
            output.WriteLine(report.ToString());
        }

        output.WriteLine($"{approved} approved statements were run");
        Assert.True(approved > 100);
        Assert.Equal(all, await watch.LookAtAllAsync());
    }

    private async Task<string> ExamineAsync(ServerWatch watch, DatabaseCatalog catalog, string text, string usual, string all)
    {
        Judgement judgement = judge.Judge(TestPolicies.Recipes, text, "simple", new SessionNames(catalog));
        if (judgement.Approved is not { } statement)
        {
            return judgement.Verdict.Rule;
        }

        await watch.RunAsync(statement.Text);
        await watch.RunAsync("ROLLBACK");
        string now = await watch.LookAsync();
        await watch.ResetAsync();
        if (now != usual)
        {
            throw new InvalidOperationException($"An approved statement changed {usual} to {now}: {statement.Text}");
        }

        if (++approved % BetweenLooks == 0 && await watch.LookAtAllAsync() is var found && found != all)
        {
            throw new InvalidOperationException($"One of the last {BetweenLooks} approved statements changed {all} to {found}.");
        }

        return string.Join(',', statement.Parts.Select(part => part.Kind).Distinct().Take(3));
    }
}
