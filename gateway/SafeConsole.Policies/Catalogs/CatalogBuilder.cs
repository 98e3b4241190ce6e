using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace SafeConsole.Policies.Catalogs;

/// <summary>Makes a catalog of the rows of <see cref="CatalogQueries.All"/>, in the order of that list. Not safe for more than one thread.</summary>
public sealed class CatalogBuilder
{
    private readonly Dictionary<uint, DatabaseSchema> schemas = [];
    private readonly Dictionary<(string Class, uint Oid), string> members = [];
    private readonly Dictionary<uint, DatabaseType> types = [];
    private readonly Dictionary<uint, DatabaseFunction> functions = [];
    private readonly Dictionary<uint, DatabaseAggregate> aggregates = [];
    private readonly Dictionary<uint, DatabaseOperator> operators = [];
    private readonly List<DatabaseCast> casts = [];
    private readonly Dictionary<uint, DatabaseRelation> relations = [];
    private readonly List<(uint Domain, string Tree)> domainChecks = [];
    private readonly List<(uint Type, uint Function)> support = [];
    private readonly List<(uint Type, uint Function)> sorting = [];
    private readonly List<(uint Operator, uint Function)> families = [];
    private readonly List<uint> dictionaries = [];
    private readonly List<uint> conversions = [];
    private readonly List<(string Kind, uint Function)> found = [];
    private readonly List<uint> filled = [];
    private string database = "";
    private string role = "";
    private string searchPath = "";

    /// <summary>Adds one row of the query of that name. Throws <see cref="FormatException"/> or <see cref="ArgumentException"/> for what no query gives.</summary>
    public void Add(string query, IReadOnlyList<string?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var cells = new CatalogRow(row);
        switch (query)
        {
            case "session": (database, role, searchPath) = (cells.Text(0), cells.Text(1), cells.Text(2)); break;
            case "schema": schemas[cells.Oid(0)] = new DatabaseSchema(cells.Oid(0), cells.Text(1), cells.Flag(2)); break;
            case "member": members[(cells.Text(0), cells.Oid(1))] = cells.Text(2); break;
            case "type": AddType(cells); break;
            case "range": AddRange(cells); break;
            case "function": AddFunction(cells); break;
            case "aggregate": aggregates[cells.Oid(0)] = new DatabaseAggregate(cells.Oids(1), cells.Oid(2), [.. new[] { cells.Oid(3), cells.Oid(4) }.Where(oid => oid != 0)]); break;
            case "operator": AddOperator(cells); break;
            case "family" when IsJudged(cells.Oid(1)): families.Add((cells.Oid(0), cells.Oid(1))); break;
            case "family": break;
            case "dictionary" when IsJudged(cells.Oid(0)): dictionaries.Add(cells.Oid(0)); break;
            case "dictionary": break;
            case "conversion" when IsJudged(cells.Oid(0)): conversions.Add(cells.Oid(0)); break;
            case "conversion": break;
            case "found" when IsJudged(cells.Oid(1)): found.Add((cells.Text(0), cells.Oid(1))); break;
            case "found": break;
            case "filled": filled.Add(cells.Oid(0)); break;
            case "cast": casts.Add(new DatabaseCast(cells.Oid(0), cells.Oid(1), cells.Oid(2), cells.Oid(3), cells.Letter(4), cells.Letter(5))); break;
            default: AddToRelation(query, cells); break;
        }
    }

    /// <summary>The catalog, with the fingerprint that was asked before the first query.</summary>
    public DatabaseCatalog Build(string version) => new(version, database, role, searchPath)
    {
        Schemas = schemas.ToFrozenDictionary(),
        Types = types.ToFrozenDictionary(),
        Functions = functions.ToFrozenDictionary(),
        Aggregates = aggregates.ToFrozenDictionary(),
        Operators = operators.ToFrozenDictionary(),
        Relations = relations.ToFrozenDictionary(),
        Casts = casts.ToFrozenDictionary(cast => (cast.Source, cast.Target)),
        UserCasts = [.. casts.Where(cast => !cast.IsSystem)],
        FunctionsByName = functions.Values.GroupBy(function => function.Name).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal),
        OperatorsByName = operators.Values.GroupBy(one => one.Name).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal),
        SchemasByName = schemas.Values.ToFrozenDictionary(schema => schema.Name, StringComparer.Ordinal),
        TypesByName = types.Values.ToFrozenDictionary(type => (type.Schema, type.Name)),
        RelationsByName = relations.Values.ToFrozenDictionary(relation => (relation.Schema, relation.Name)),
        DomainChecks = domainChecks.GroupBy(check => check.Domain).ToFrozenDictionary(group => group.Key, group => group.Select(check => check.Tree).ToArray()),
        SupportFunctions = support.GroupBy(pair => pair.Type).ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Function).Distinct().ToArray()),
        FamilyFunctions = families.GroupBy(pair => pair.Operator).ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Function).ToArray()),
        DictionaryFunctions = [.. dictionaries],
        ConversionFunctions = [.. conversions],
        ModifierFunctions = Found("modifier"),
        ShownModifierFunctions = Found("shown"),
        ConstantFunctions = Found("constant"),
        SampleFunctions = Found("sample"),
        HandlerFunctions = Found("handler"),
        WrapperFunctions = Found("wrapper"),
        HasFilledColumns = filled.Exists(type => type >= DatabaseCatalog.FirstUserOid || sorting.Count > 0),
        JsonCasts = [.. casts.Where(cast => cast is { IsSystem: false, Target: SystemTypes.Json or SystemTypes.Jsonb, Source: >= DatabaseCatalog.FirstUserOid }
            && functions.GetValueOrDefault(cast.Function) is not { Extension: not null, HasBody: false })],
        SortFunctions = sorting.GroupBy(pair => pair.Type).ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Function).Distinct().ToArray()),
        InternalFunctions = functions.Values.Where(function => function is { IsSystem: true, Language: "internal", Source: not null })
            .GroupBy(function => function.Source!).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal),
    };

    private ImmutableArray<uint> Found(string kind) => [.. found.Where(pair => pair.Kind == kind).Select(pair => pair.Function)];

    private void AddType(CatalogRow cells) => types[cells.Oid(0)] =
        new DatabaseType(cells.Oid(0), cells.Text(1), cells.Oid(2), cells.Letter(3), cells.Letter(4), cells.Flag(5), cells.Oid(6), cells.Oid(7), cells.Oid(8), cells.Oid(9), cells.Oid(10))
        {
            Functions = cells.Oids(11), Extension = members.GetValueOrDefault(("pg_type", cells.Oid(0))), DefaultTree = cells[12],
        };

    private void AddRange(CatalogRow cells)
    {
        if (types.TryGetValue(cells.Oid(0), out DatabaseType? range))
        {
            range.Subtype = cells.Oid(1);
            range.RangeFunctions = [.. new[] { cells.Oid(3), cells.Oid(4) }.Where(oid => oid != 0), .. cells.Oids(5).Where(IsJudged)];
        }

        if (types.TryGetValue(cells.Oid(2), out DatabaseType? multirange))
        {
            multirange.Subtype = cells.Oid(0);
        }
    }

    private void AddFunction(CatalogRow cells)
    {
        uint[] inputs = [.. cells.Text(6).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(oid => uint.Parse(oid, CultureInfo.InvariantCulture))];
        ImmutableArray<uint> all = cells.Oids(12);
        ImmutableArray<string> modes = cells.Texts(13);
        ImmutableArray<string> names = cells.Texts(14);
        all = all.IsEmpty ? [.. inputs] : all;
        functions[cells.Oid(0)] = new DatabaseFunction(cells.Oid(0), cells.Text(1), cells.Oid(2), cells.Letter(3), cells.Flag(4), cells.Oid(5), [.. inputs])
        {
            Defaults = (int)cells.Oid(7), Variadic = cells.Oid(8), Language = cells.Text(9), SecurityDefiner = cells.Flag(10), Support = cells.Oid(11),
            AllArguments = [.. all.Select((type, place) => new FunctionArgument(names.ElementAtOrDefault(place) ?? "", type, modes.IsEmpty ? 'i' : modes[place][0]))],
            Settings = cells.Texts(15), Source = cells[16], SourceTree = cells[17], DefaultsTree = cells[18], Volatile = cells.Text(19) == "v", Strict = cells.Flag(20),
            Extension = members.GetValueOrDefault(("pg_proc", cells.Oid(0))),
        };
    }

    private void AddOperator(CatalogRow cells) => operators[cells.Oid(0)] =
        new DatabaseOperator(cells.Oid(0), cells.Text(1), cells.Oid(2), cells.Oid(3), cells.Oid(4), cells.Oid(5), cells.Oid(8))
        {
            Substitutes = [.. new[] { cells.Oid(6), cells.Oid(7) }.Where(oid => oid != 0)],
            Estimators = [.. new[] { cells.Oid(9), cells.Oid(10) }.Where(oid => oid != 0)],
        };

    private void AddToRelation(string query, CatalogRow cells)
    {
        if (query == "relation")
        {
            relations[cells.Oid(0)] = new DatabaseRelation(cells.Oid(0), cells.Text(1), cells.Oid(2), cells.Letter(3), cells.Oid(4), cells.Flag(5)) { OfType = cells.Oid(6) };
            return;
        }

        if (query == "support")
        {
            AddSupport(cells);
            return;
        }

        if (query == "check" && cells.Oid(0) != 0)
        {
            domainChecks.Add((cells.Oid(0), cells.Text(2)));
            return;
        }

        // Indexes, temporary and toast tables of the moment are not kept.
        if (!relations.TryGetValue(cells.Oid(query == "check" ? 1 : 0), out DatabaseRelation? relation))
        {
            return;
        }

        switch (query)
        {
            case "column": relation.Columns.Add(new DatabaseColumn(cells.Text(1), cells.Oid(2))); break;
            case "child": relation.Children.Add(cells.Oid(1)); break;
            case "rule": AddRule(relation, cells); break;
            case "policy": AddPolicy(relation, cells); break;
            case "index": relation.ClassFunctions.AddRange(new[] { cells.Oid(1) }.Where(IsJudged)); break;
            case "check": relation.PlannedTrees.Add(cells.Text(2)); break;
            case "planned": relation.PlannedTrees.Add(cells.Text(1)); break;
            case "default": (cells.Text(2) == "v" ? relation.ComputedTrees : relation.DefaultTrees).Add(cells.Text(1)); break;
            default: throw new ArgumentException($"{query} is not the name of a catalog query.", nameof(query));
        }
    }

    /// <summary>Those of an operator family: what came with an extension is trusted with it, and what takes values that no SQL text can give only computes.</summary>
    private bool IsJudged(uint function) => functions.GetValueOrDefault(function) is not ({ Extension: not null } or { TakesInternal: true, IsSystem: true });

    private void AddSupport(CatalogRow cells)
    {
        support.AddRange(new[] { cells.Oid(1), cells.Oid(2) }.Distinct().Select(type => (type, cells.Oid(0))));
        if (cells.Flag(3) && cells.Oid(1) < DatabaseCatalog.FirstUserOid && functions.GetValueOrDefault(cells.Oid(0)) is not { Extension: not null })
        {
            sorting.Add((cells.Oid(1), cells.Oid(0)));
        }
    }

    private static void AddRule(DatabaseRelation relation, CatalogRow cells)
    {
        if (cells.Text(1) == "1")
        {
            relation.ViewTrees.Add(cells.Text(2));
        }
        else
        {
            relation.HasWriteRules = true;
        }
    }

    private static void AddPolicy(DatabaseRelation relation, CatalogRow cells)
    {
        relation.AllPolicies.AddRange(new[] { cells[2], cells[3] }.OfType<string>());
        if (cells.Text(1) is "*" or "r" && cells[2] is { } condition)
        {
            relation.ReadPolicies.Add(condition);
        }
    }
}
