using Npgsql;
using SafeConsole.Policies.Catalogs.Trees;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Tests.Meanings;
using SafeConsole.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SafeConsole.Policies.Tests.Fuzzing;

/// <summary>The reader of pg_node_tree on damaged trees of a real server: a tree, or none.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class StoredTreeFuzzTests(DatabaseFixture database, ITestOutputHelper output)
{
    private static readonly TextMutator Mutator = new(["{", "}", "(", ")", "[", "]", " ", ":", "<>", "\\", "\"", ":funcid 1242 ", "{FUNCEXPR ", ":constvalue 4 [ 1 0 0 0 ]", "-1", "\0"]);

    [Fact]
    public async Task Damaged_trees_are_read_or_are_none()
    {
        string[] trees = await ReadTreesAsync();
        SearchPath path = SearchPath.Read(database.Catalog, "public")!;
        var run = new FuzzRun<string>(trees, Mutator.Mutate, tree => Examine(tree, path), SqlSeeds.Show);
        foreach (FuzzReport report in run.Run(1_500))
        {
            output.WriteLine(report.ToString());
            Assert.True(report.Outcomes > 2, report.ToString());
        }
    }

    private static string Examine(string tree, SearchPath path)
    {
        var uses = new Uses();
        var scan = new StoredTreeScan(uses, path, "rule");
        scan.Scan(tree);
        scan.ScanConstantParts(tree);
        return $"{StoredTreeReader.Read(tree)?.Label}/{uses.Objects.Count}/{uses.Harm?.What}";
    }

    private async Task<string[]> ReadTreesAsync()
    {
        await using NpgsqlCommand command = database.Source.CreateCommand(
            """
            SELECT tree FROM (SELECT ev_action::text AS tree FROM pg_rewrite UNION ALL SELECT polqual::text FROM pg_policy UNION ALL SELECT adbin::text FROM pg_attrdef
              UNION ALL SELECT conbin::text FROM pg_constraint UNION ALL SELECT prosqlbody::text FROM pg_proc) t WHERE tree IS NOT NULL AND length(tree) < 8000 ORDER BY tree
            """);
        List<string> trees = [];
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            trees.Add(rows.GetString(0));
        }

        return [.. trees];
    }
}
