using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Meanings;

namespace SafeConsole.Policies.Catalogs;

/// <summary>
/// What the names in a database mean, as read at one moment for one role. Never changes; a database whose <see cref="Version"/> differs needs a new one. Safe for any
/// number of threads.
/// </summary>
public sealed class DatabaseCatalog
{
    /// <summary>The first oid that is not PostgreSQL's own.</summary>
    internal const uint FirstUserOid = 16384;

    // A session that sets thousands of paths is not to be remembered for it.
    private const int MostPaths = 1000;
    private const int LongestKeptPath = 1024;

    private static long lastIdentity;

    private readonly ConditionalWeakTable<TargetPolicy, HarmGraph> harms = [];
    private readonly ConditionalWeakTable<TargetPolicy, HarmGraph> harmsOfChangedPaths = [];
    private readonly ConcurrentDictionary<string, Names.SearchPath> paths = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<uint, RowShape> rows = new();

    internal DatabaseCatalog(string version, string database, string role, string searchPath)
    {
        Version = version;
        Database = database;
        Role = role;
        SearchPath = searchPath;
    }

    /// <summary>This catalog's own number; verdicts are kept by it, so that they do not keep the catalog itself.</summary>
    internal long Identity { get; } = Interlocked.Increment(ref lastIdentity);

    /// <summary>The answer to <see cref="CatalogQueries.Fingerprint"/> when it was read.</summary>
    public string Version { get; }

    /// <summary>The database's name.</summary>
    public string Database { get; }

    /// <summary>The role that names are resolved for.</summary>
    public string Role { get; }

    /// <summary>The search_path that a new session of the role has, as the setting's text.</summary>
    public string SearchPath { get; }

    internal FrozenDictionary<uint, DatabaseSchema> Schemas { get; init; } = FrozenDictionary<uint, DatabaseSchema>.Empty;

    internal FrozenDictionary<uint, DatabaseType> Types { get; init; } = FrozenDictionary<uint, DatabaseType>.Empty;

    internal FrozenDictionary<uint, DatabaseFunction> Functions { get; init; } = FrozenDictionary<uint, DatabaseFunction>.Empty;

    internal FrozenDictionary<uint, DatabaseAggregate> Aggregates { get; init; } = FrozenDictionary<uint, DatabaseAggregate>.Empty;

    internal FrozenDictionary<uint, DatabaseOperator> Operators { get; init; } = FrozenDictionary<uint, DatabaseOperator>.Empty;

    internal FrozenDictionary<uint, DatabaseRelation> Relations { get; init; } = FrozenDictionary<uint, DatabaseRelation>.Empty;

    internal FrozenDictionary<(uint Source, uint Target), DatabaseCast> Casts { get; init; } = FrozenDictionary<(uint Source, uint Target), DatabaseCast>.Empty;

    internal ImmutableArray<DatabaseCast> UserCasts { get; init; } = [];

    internal FrozenDictionary<string, DatabaseFunction[]> FunctionsByName { get; init; } = FrozenDictionary<string, DatabaseFunction[]>.Empty;

    internal FrozenDictionary<string, DatabaseOperator[]> OperatorsByName { get; init; } = FrozenDictionary<string, DatabaseOperator[]>.Empty;

    internal FrozenDictionary<string, DatabaseSchema> SchemasByName { get; init; } = FrozenDictionary<string, DatabaseSchema>.Empty;

    internal FrozenDictionary<(uint Schema, string Name), DatabaseType> TypesByName { get; init; } = FrozenDictionary<(uint Schema, string Name), DatabaseType>.Empty;

    internal FrozenDictionary<(uint Schema, string Name), DatabaseRelation> RelationsByName { get; init; } = FrozenDictionary<(uint Schema, string Name), DatabaseRelation>.Empty;

    /// <summary>The conditions of domains, by type.</summary>
    internal FrozenDictionary<uint, string[]> DomainChecks { get; init; } = FrozenDictionary<uint, string[]>.Empty;

    /// <summary>Functions of operator classes that did not come with PostgreSQL, by the types they compare.</summary>
    internal FrozenDictionary<uint, uint[]> SupportFunctions { get; init; } = FrozenDictionary<uint, uint[]>.Empty;

    /// <summary>Functions of the application in default operator classes of PostgreSQL's own types, and in their families, by the type. Nearly always none.</summary>
    internal FrozenDictionary<uint, uint[]> SortFunctions { get; init; } = FrozenDictionary<uint, uint[]>.Empty;

    /// <summary>Functions that sort or hash by an operator, in families of the application or added to PostgreSQL's, by the operator. Nearly always none.</summary>
    internal FrozenDictionary<uint, uint[]> FamilyFunctions { get; init; } = FrozenDictionary<uint, uint[]>.Empty;

    /// <summary>Functions of text search parsers and templates that came neither with PostgreSQL nor with an extension. Nearly always none.</summary>
    internal ImmutableArray<uint> DictionaryFunctions { get; init; } = [];

    /// <summary>Whether pg_attribute holds values that new columns were filled with, of which the application says how they are compared or shown.</summary>
    internal bool HasFilledColumns { get; init; }

    /// <summary>Functions of conversions between encodings that came neither with PostgreSQL nor with an extension. Nearly always none.</summary>
    internal ImmutableArray<uint> ConversionFunctions { get; init; } = [];

    /// <summary>Functions that read type modifiers, of types that came neither with PostgreSQL nor with an extension. Nearly always none.</summary>
    internal ImmutableArray<uint> ModifierFunctions { get; init; } = [];

    /// <summary>Functions that show modifiers of such types. Nearly always none.</summary>
    internal ImmutableArray<uint> ShownModifierFunctions { get; init; } = [];

    /// <summary>Functions that show values of such types of which stored expressions may have constants. Nearly always none.</summary>
    internal ImmutableArray<uint> ConstantFunctions { get; init; } = [];

    /// <summary>Functions that show values of such types. Nearly always none.</summary>
    internal ImmutableArray<uint> SampleFunctions { get; init; } = [];

    /// <summary>Handlers of such access methods, and what reads the options of such operator classes. Nearly always none.</summary>
    internal ImmutableArray<uint> HandlerFunctions { get; init; } = [];

    /// <summary>Handlers of such foreign data wrappers. Nearly always none.</summary>
    internal ImmutableArray<uint> WrapperFunctions { get; init; } = [];

    /// <summary>The application's casts of its own types into json, which functions that show values as JSON apply by themselves. Nearly always none.</summary>
    internal ImmutableArray<DatabaseCast> JsonCasts { get; init; } = [];

    /// <summary>Functions that are PostgreSQL's own, by the name of the C function.</summary>
    internal FrozenDictionary<string, DatabaseFunction[]> InternalFunctions { get; init; } = FrozenDictionary<string, DatabaseFunction[]>.Empty;

    /// <summary>The type; null for an oid that is none.</summary>
    internal DatabaseType? Type(uint oid) => Types.GetValueOrDefault(oid);

    /// <summary>Whether rows of the type have a column that holds arrays of any type, as some of PostgreSQL's own have.</summary>
    internal bool HasSamples(uint type) => type is not 0 and < FirstUserOid && ColumnsOf(type) is { } columns && columns.Any(column => column.Type == SystemTypes.AnyArray);

    /// <summary>Whether a relation of PostgreSQL's own shows values of any type: sampled ones, or what new columns were filled with.</summary>
    internal bool ShowsSamples(DatabaseRelation relation) => HasSamples(relation.RowType) && (HasFilledColumns || relation.Name != "pg_attribute");

    /// <summary>What a domain rests on, through any number of domains; any other type itself.</summary>
    internal uint BaseOf(uint type)
    {
        while (Type(type) is { IsDomain: true } domain)
        {
            type = domain.BaseType;
        }

        return type;
    }

    /// <summary>The type of an array's elements; 0 for what is no array. Domains are not looked through.</summary>
    internal uint ElementOf(uint type) => Type(type) is { IsArray: true } array ? array.Element : 0;

    /// <summary>The columns of a composite type, or of the one that a domain rests on; null for any other.</summary>
    internal IReadOnlyList<DatabaseColumn>? ColumnsOf(uint type) => RelationOf(type)?.Columns;

    /// <summary>What a composite type, or the one that a domain rests on, is the row of; null for any other.</summary>
    internal DatabaseRelation? RelationOf(uint type) => Type(BaseOf(type)) is { IsComposite: true } composite ? Relations.GetValueOrDefault(composite.Relation) : null;

    /// <summary>The schema's name, or its oid where it has none.</summary>
    internal string SchemaName(uint schema) => Schemas.GetValueOrDefault(schema)?.Name ?? schema.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The search path that a setting's text stands for; null where it is no list of schemas.</summary>
    internal Names.SearchPath? PathOf(string text)
    {
        if (!paths.TryGetValue(text, out Names.SearchPath? path) && Names.SearchPath.Read(this, text) is { } read)
        {
            path = read;
            if (paths.Count < MostPaths && text.Length <= LongestKeptPath)
            {
                paths.TryAdd(text, read);
            }
        }

        return path;
    }

    /// <summary>The columns of a relation with their types.</summary>
    internal RowShape RowOf(DatabaseRelation relation) =>
        rows.GetOrAdd(relation.Oid, static (_, known) => new RowShape([.. known.Columns.Select(column => new RowColumn(column.Name, new StaticType(column.Type)))]), relation);

    /// <summary>What was found out under a policy, kept for as long as both live. More is harmful where names may have meant something else earlier in the open transaction.</summary>
    internal HarmGraph HarmsUnder(TargetPolicy policy, bool pathsChanged = false) =>
        (pathsChanged ? harmsOfChangedPaths : harms).GetValue(policy, key => new HarmGraph(this, key, pathsChanged));
}
