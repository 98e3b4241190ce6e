using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Meanings.Overloads;

/// <summary>The one type for the branches of UNION, CASE, COALESCE, ARRAY, IN and VALUES: select_common_type in parser/parse_coerce.c.</summary>
internal static class CommonType
{
    /// <summary>The type; `unknown` where all are literals; 0 where it cannot be told or there is none.</summary>
    public static uint Find(DatabaseCatalog catalog, Coercions coercions, IReadOnlyList<uint> types)
    {
        if (types.Count == 0 || types.Contains(0u))
        {
            return 0;
        }

        // Only where all are the same can the result be a domain.
        if (types[0] != SystemTypes.Unknown && types.All(type => type == types[0]))
        {
            return types[0];
        }

        uint chosen = catalog.BaseOf(types[0]);
        foreach (uint next in types.Skip(1).Select(catalog.BaseOf))
        {
            if (next == SystemTypes.Unknown || next == chosen)
            {
                continue;
            }

            if (chosen == SystemTypes.Unknown)
            {
                chosen = next;
            }
            else if (coercions.CategoryOf(next) != coercions.CategoryOf(chosen))
            {
                return 0;
            }
            else if (!coercions.IsPreferred(chosen) && coercions.Fits([chosen], [next]) && !coercions.Fits([next], [chosen]))
            {
                chosen = next;
            }
        }

        return chosen;
    }
}
