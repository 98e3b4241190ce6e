using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Meanings.Overloads;

/// <summary>
/// Narrows candidates to those that the server could choose: func_get_detail and func_select_candidate in parser/parse_func.c, with the same rules in the same order. Where
/// a type cannot be told, or the server would call the choice ambiguous, everything that is still possible is left.
/// </summary>
internal sealed class OverloadChoice(DatabaseCatalog catalog, Coercions coercions)
{
    /// <summary>The candidates whose types are exactly those given; none where there are none, or a type cannot be told.</summary>
    public static IReadOnlyList<Candidate> Exact(IReadOnlyList<Candidate> candidates, IReadOnlyList<uint> given) =>
        given.Contains(0u) ? [] : [.. candidates.Where(candidate => candidate.Types.Take(given.Count).SequenceEqual(given))];

    /// <summary>What is possible after the given types are matched with implicit conversions.</summary>
    public IReadOnlyList<Candidate> Match(IReadOnlyList<Candidate> candidates, IReadOnlyList<uint> given)
    {
        List<Candidate> left = [.. candidates.Where(candidate => coercions.Fits(given, [.. candidate.Types.Take(given.Count)]))];
        return left.Count < 2 || given.Contains(0u) ? left : Select(left, given);
    }

    private List<Candidate> Select(List<Candidate> left, IReadOnlyList<uint> given)
    {
        uint[] bases = [.. given.Select(type => type == SystemTypes.Unknown ? type : catalog.BaseOf(type))];
        int[] known = [.. Enumerable.Range(0, bases.Length).Where(place => bases[place] != SystemTypes.Unknown)];
        left = Best(left, candidate => known.Count(place => candidate.Types[place] == bases[place]));
        if (left.Count > 1)
        {
            left = Best(left, candidate => known.Count(place => candidate.Types[place] == bases[place] || IsPreferred(candidate.Types[place], coercions.CategoryOf(bases[place]))));
        }

        if (left.Count < 2 || known.Length == bases.Length)
        {
            return left;
        }

        left = ByCategory(left, [.. Enumerable.Range(0, bases.Length).Except(known)]);
        return left.Count > 1 && known.Length > 0 ? BySameType(left, [.. known.Select(place => bases[place]).Distinct()], bases.Length) : left;
    }

    private static List<Candidate> Best(List<Candidate> candidates, Func<Candidate, int> matches)
    {
        int best = candidates.Max(matches);
        return [.. candidates.Where(candidate => matches(candidate) == best)];
    }

    /// <summary>Literals look like strings: a place where any candidate takes a string is one; else all candidates must agree on its category.</summary>
    private List<Candidate> ByCategory(List<Candidate> candidates, int[] literals)
    {
        Dictionary<int, (char Category, bool Preferred)> slots = [];
        foreach (int place in literals)
        {
            char[] categories = [.. candidates.Select(candidate => coercions.CategoryOf(candidate.Types[place])).Distinct()];
            char category = categories.Contains('S') ? 'S' : categories[0];
            if (categories.Length > 1 && category != 'S')
            {
                return candidates;
            }

            slots[place] = (category, candidates.Any(candidate => IsPreferred(candidate.Types[place], category)));
        }

        List<Candidate> kept = [.. candidates.Where(candidate => slots.All(slot =>
            coercions.CategoryOf(candidate.Types[slot.Key]) == slot.Value.Category && (!slot.Value.Preferred || coercions.IsPreferred(candidate.Types[slot.Key]))))];
        return kept.Count > 0 ? kept : candidates;
    }

    /// <summary>If all known types are one, the literals are taken to be of it too, provided that this leaves one candidate.</summary>
    private List<Candidate> BySameType(List<Candidate> candidates, uint[] types, int count)
    {
        if (types is not [var only])
        {
            return candidates;
        }

        uint[] all = [.. Enumerable.Repeat(only, count)];
        List<Candidate> kept = [.. candidates.Where(candidate => coercions.Fits(all, [.. candidate.Types.Take(count)]))];
        return kept.Count == 1 ? kept : candidates;
    }

    private bool IsPreferred(uint type, char category) => coercions.CategoryOf(type) == category && coercions.IsPreferred(type);
}
