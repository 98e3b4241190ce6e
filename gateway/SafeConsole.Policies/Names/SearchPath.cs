using System.Collections.Immutable;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Names;

/// <summary>
/// The schemas in which the server looks for an unqualified name, first one first, as recomputeNamespacePath (catalog/namespace.c) makes them: `$user` is the role's own,
/// schemas that do not exist or lack USAGE are passed over, pg_catalog comes first unless it is named. No session here can have temporary objects.
/// </summary>
internal sealed record SearchPath
{
    // Two settings that find the same schemas are one path, however they are written: answers are kept by it.
    private readonly string key;

    private SearchPath(ImmutableArray<uint> schemas, SearchPath? outside = null, ImmutableArray<SearchPath> between = default)
    {
        (Schemas, Outside, Between) = (schemas, outside, between.IsDefault ? [] : between);
        key = string.Join(' ', schemas) + string.Concat(Between.Select(one => " within " + string.Join(' ', one.Schemas))) + (outside is null ? "" : " within " + outside.key);
    }

    /// <summary>The schemas, in order.</summary>
    public ImmutableArray<uint> Schemas { get; }

    /// <summary>The session's path, where this one is set by a function for the time of its run; a cursor that it opens outlives it. Null for the session's path itself.</summary>
    public SearchPath? Outside { get; }

    /// <summary>The other paths that functions between the session and this one set; they may fetch from such a cursor too.</summary>
    public ImmutableArray<SearchPath> Between { get; }

    /// <summary>This path, set by a function that is called under another one.</summary>
    public SearchPath Within(SearchPath caller)
    {
        if (Schemas.SequenceEqual(caller.Schemas))
        {
            return caller;
        }

        if (caller.Outside is not { } session)
        {
            return new SearchPath(Schemas, caller);
        }

        // Each path once and in order, so that functions that call each other end at the same few.
        IEnumerable<SearchPath> between = caller.Between.Append(new SearchPath(caller.Schemas, session)).Where(one => !one.Schemas.SequenceEqual(Schemas));
        return new SearchPath(Schemas, session, [.. between.OrderBy(one => one.key, StringComparer.Ordinal)]);
    }

    /// <summary>Reads the setting; null where its text is not a list of names, which the server refuses.</summary>
    public static SearchPath? Read(DatabaseCatalog catalog, string text)
    {
        if (SearchPathText.Split(text) is not { } names)
        {
            return null;
        }

        List<uint> schemas = [];
        foreach (string name in names)
        {
            if (catalog.SchemasByName.GetValueOrDefault(name == "$user" ? catalog.Role : name) is { Usable: true } schema && !schemas.Contains(schema.Oid))
            {
                schemas.Add(schema.Oid);
            }
        }

        uint builtIn = catalog.SchemasByName["pg_catalog"].Oid;
        if (!schemas.Contains(builtIn))
        {
            schemas.Insert(0, builtIn);
        }

        return new SearchPath([.. schemas]);
    }

    /// <summary>Where the schema stands in the path; -1 where it does not.</summary>
    public int PlaceOf(uint schema) => Schemas.IndexOf(schema);

    /// <inheritdoc/>
    public bool Equals(SearchPath? other) => other is not null && key == other.key;

    /// <inheritdoc/>
    public override int GetHashCode() => key.GetHashCode(StringComparison.Ordinal);
}
