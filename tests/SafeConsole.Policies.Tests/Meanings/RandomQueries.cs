using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>Queries over own.types, put together at random from its columns, literals, operators, functions and forms of expressions. Most make no sense to the server.</summary>
internal sealed class RandomQueries
{
    private static readonly string[] Literals =
    [
        "'1'", "1", "1.5", "NULL", "true", "'a'::text", "'a'::varchar", "'{1}'", "ARRAY[1,2]", "ARRAY['a','b']", "10000000000", "now()", "current_date", "current_user", "ROW(1,2)", "t", "'easy'",
        "(SELECT 1)", "(SELECT 'x')", "NULL::own.email", "current_timestamp", "interval '1 day'",
    ];

    private static readonly string[] Common = ["=", "<>", "<", "<=", "+", "-", "||", "~~", "*", "===", "@>", "&&", "->", "->>", "~", "!~~*", "~~*"];

    private static readonly string[] Names =
    [
        "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "lower", "upper", "length", "abs", "initcap", "text", "date", "varchar", "concat", "format", "min", "max", "sum", "count", "array_agg",
        "round", "numeric", "timestamptz", "array_append", "unnest", "jsonb_build_object", "to_char", "lag", "first_value", "c_vc", "c_int4",
    ];

    // These make sense together more often than others.
    private static readonly string[] Plain = ["c_int2", "c_int4", "c_int8", "c_num", "c_text", "c_vc", "c_bpc", "c_name", "c_dom", "c_domt", "c_cit", "c_ti", "c_ta", "c_va", "c_enum", "c_date", "c_tstz"];

    private readonly Random random;
    private readonly string[] columns;
    private readonly string[] operators;
    private readonly (string Name, int Arguments)[] functions;

    public RandomQueries(DatabaseCatalog catalog, int seed)
    {
        const uint Internal = 2281;
        random = new Random(seed);
        columns = [.. catalog.Relations.Values.Single(relation => relation.Name == "types").Columns.Select(column => column.Name)];
        operators = [.. catalog.OperatorsByName.Keys.Order(StringComparer.Ordinal)];
        functions = [.. catalog.Functions.Values.Where(function => function.Kind != 'p' && !function.Arguments.Contains(Internal) && function.Arguments.Length <= 4)
            .Select(function => (Name: $"\"{function.Name}\"", function.Arguments.Length)).Distinct().OrderBy(pair => pair.Name, StringComparer.Ordinal)];
    }

    public string Next() => random.Next(7) switch
    {
        0 => $"SELECT {Expression(1)} FROM (SELECT {Expression(1)} AS c_vc, {Expression(1)} AS c_int4, {Atom()} FROM own.types t) t(c_text, c_vc)",
        1 => $"WITH t AS (SELECT {Expression(1)} AS c_text, {Atom()} AS c_vc UNION ALL SELECT {Expression(1)}, {Atom()} FROM own.types t) SELECT f2(t.c_vc), t.c_text = t.c_vc FROM t",
        2 => $"SELECT f2({Pick(columns)}), {Pick(columns)} = {Pick(columns)} FROM own.types t JOIN own.types u USING ({Pick(columns)}, {Pick(columns)})",
        _ => $"SELECT {Expression(random.Next(1, 3))} FROM own.types t",
    };

    private string Expression(int depth) => depth == 0 ? Atom() : random.Next(20) switch
    {
        < 6 => $"({Expression(depth - 1)} {(random.Next(3) > 0 ? Pick(Common) : Pick(operators))} {Expression(depth - 1)})",
        < 9 => Call(Pick(Names), random.Next(0, 4), depth),
        < 11 => Pick(functions) is var (name, count) ? Call(name, count, depth) : "",
        _ => Form(depth - 1),
    };

    private string Form(int depth) => random.Next(16) switch
    {
        0 => $"CASE {Expression(depth)} WHEN {Expression(depth)} THEN {Expression(depth)} ELSE {Expression(depth)} END",
        1 => $"CASE WHEN {Expression(depth)} IS NULL THEN {Expression(depth)} ELSE {Expression(depth)} END",
        2 => $"({Expression(depth)} IN ({Expression(depth)}, {Expression(depth)}, {Atom()}))",
        3 => $"({Expression(depth)} {Pick(Common)} ANY ({Expression(depth)}))",
        4 => $"COALESCE({Expression(depth)}, {Expression(depth)})",
        5 => $"({Expression(depth)} BETWEEN {Expression(depth)} AND {Expression(depth)})",
        6 => $"ARRAY[{Expression(depth)}, {Expression(depth)}]",
        7 => $"({Expression(depth)}).{Pick(Names)}",
        8 => $"t.{Pick(Names)}",
        9 => $"({Expression(depth)})[1]",
        10 => $"({Expression(depth)} IS DISTINCT FROM {Expression(depth)})",
        11 => $"(({Expression(depth)}, {Atom()}) = ({Atom()}, {Expression(depth)}))",
        12 => $"({Expression(depth)} IN (SELECT {Expression(depth)} FROM own.types))",
        13 => $"NULLIF({Expression(depth)}, {Expression(depth)})",
        14 => $"GREATEST({Expression(depth)}, {Expression(depth)})",
        _ => $"(SELECT {Expression(depth)})",
    };

    private string Atom() => random.Next(3) == 0 ? Pick(Literals) : Pick(["", "t.", "t."]) + (random.Next(4) == 0 ? Pick(columns) : Pick(Plain));

    private string Call(string name, int arguments, int depth) => $"{name}({string.Join(", ", Enumerable.Range(0, arguments).Select(_ => Expression(depth - 1)))})";

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
