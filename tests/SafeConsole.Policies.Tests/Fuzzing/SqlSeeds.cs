using System.Text.Json;
using System.Text.RegularExpressions;
using SafeConsole.Policies.Tests.Corpus;
using SafeConsole.Testing.Fuzzing;

namespace SafeConsole.Policies.Tests.Fuzzing;

/// <summary>Where mutated SQL begins: the labelled statements and the bodies of the schemas' functions.</summary>
internal static partial class SqlSeeds
{
    private static readonly string[] Files = ["denied/pg_deny.jsonl", "denied/own_meaning.jsonl", "allowed/pg_allow.jsonl", "allowed/own_meaning.jsonl"];

    /// <summary>Every statement of the corpus.</summary>
    public static string[] Statements { get; } = [.. Files.SelectMany(CorpusRow.Read).SelectMany(row => row.Texts).Distinct()];

    /// <summary>What stands between dollar quotes in the schemas.</summary>
    public static string[] Bodies { get; } =
        [.. new[] { "schema.sql", "own_schema.sql" }.SelectMany(file => Quoted().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "statements", file)))).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>Signs and words that change how text is read, or what it does.</summary>
    public static TextMutator Mutator { get; } = new(
    [
        "'", "\"", ";", "--", "/*", "*/", "$$", "$q$", "\\", "(", ")", "\r", "\n", "U&\"", "E'", "::", "\ud800", "é", "\0", " INTO x ", " FOR UPDATE ", ", ", " FROM ", ".", " UNION ALL SELECT ", " = ",
        "[1]", " AS t(a) ", ".*", "VARIADIC ", "ARRAY[", "]", "CAST(", " AS ", "ROW(", "DISTINCT ", " OVER ()", " FILTER (WHERE ", "LATERAL ", " TABLESAMPLE ", "SET ", "EXECUTE ", "PREPARE p AS ", "EXPLAIN ANALYZE ",
        "WITH c AS (", "BEGIN;", "COMMIT;", "SAVEPOINT s;", "DECLARE c CURSOR FOR ", "trap.side_effect('x')", "trap.boom", "public.initcap(title)", "shadow.", "nextval('invoice_no_seq')", "set_config('a.b','c',false)",
        "pg_advisory_lock(1)", "lo_create(0)", "dblink('','')", "query_to_xml('SELECT 1',true,true,'')", "$1", "NULL", "0x7fffffff", "99999999999999999999", "OPERATOR(pg_catalog.+)", "COLLATE \"C\"", "SELECT ",
    ]);

    /// <summary>A text as it can be pasted into a test.</summary>
    public static string Show(string text) => JsonSerializer.Serialize(text);

    [GeneratedRegex(@"\$\$(.*?)\$\$", RegexOptions.Singleline)]
    private static partial Regex Quoted();
}
