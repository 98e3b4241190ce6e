using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Names;

/// <summary>Finds what a name stands for in a catalog under one search path.</summary>
internal sealed class NameLookup(DatabaseCatalog catalog, SearchPath path)
{
    /// <summary>The catalog.</summary>
    public DatabaseCatalog Catalog { get; } = catalog;

    /// <summary>The path.</summary>
    public SearchPath Path { get; } = path;

    /// <summary>The relation of that name, its schema null where none is written; null where there is none.</summary>
    public DatabaseRelation? Relation(string? schema, string name) => First(schema, name, Catalog.RelationsByName);

    /// <summary>The type of that name, schema first; null where there is none.</summary>
    public DatabaseType? Type(IReadOnlyList<string> names) => Parts(names) is var (schema, name) ? First(schema, name, Catalog.TypesByName) : null;

    /// <summary>The functions of that name with their schema's place in the path, 0 for all of a written schema.</summary>
    public IEnumerable<(DatabaseFunction Function, int Place)> Functions(IReadOnlyList<string> names) =>
        Parts(names) is var (schema, name) ? Visible(schema, Catalog.FunctionsByName.GetValueOrDefault(name) ?? [], function => function.Schema) : [];

    /// <summary>The operators of that name with their schema's place in the path, 0 for all of a written schema.</summary>
    public IEnumerable<(DatabaseOperator Operator, int Place)> Operators(IReadOnlyList<string> names) =>
        Parts(names) is var (schema, name) ? Visible(schema, Catalog.OperatorsByName.GetValueOrDefault(name) ?? [], one => one.Schema) : [];

    /// <summary>Schema and name of a written name, whose database may come first; null for more parts than that.</summary>
    private (string? Schema, string Name)? Parts(IReadOnlyList<string> names) => names switch
    {
        [var name] => (null, name),
        [var schema, var name] => (schema, name),
        [var database, var schema, var name] when database == Catalog.Database => (schema, name),
        _ => null,
    };

    private IEnumerable<(T Object, int Place)> Visible<T>(string? schema, T[] objects, Func<T, uint> schemaOf)
    {
        uint? only = schema is null ? null : Catalog.SchemasByName.GetValueOrDefault(schema)?.Oid ?? 0;
        foreach (T one in objects)
        {
            int place = only is null ? Path.PlaceOf(schemaOf(one)) : schemaOf(one) == only ? 0 : -1;
            if (place >= 0)
            {
                yield return (one, place);
            }
        }
    }

    private T? First<T>(string? schema, string name, IReadOnlyDictionary<(uint Schema, string Name), T> byName)
        where T : class
    {
        if (schema is not null)
        {
            return Catalog.SchemasByName.TryGetValue(schema, out DatabaseSchema? named) ? byName.GetValueOrDefault((named.Oid, name)) : null;
        }

        foreach (uint place in Path.Schemas)
        {
            if (byName.TryGetValue((place, name), out T? found))
            {
                return found;
            }
        }

        return null;
    }
}
