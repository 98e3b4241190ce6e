using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Meanings.Overloads;

/// <summary>The functions that a call could mean by name and number of arguments: FuncnameGetCandidates in catalog/namespace.c.</summary>
internal static class FunctionCandidates
{
    /// <summary>The candidates. Names of named arguments stand at their places, after the positional ones. `expand` is false for VARIADIC in the call.</summary>
    public static IReadOnlyList<Candidate> Find(NameLookup names, IReadOnlyList<string> name, int count, IReadOnlyList<string> argumentNames, bool expand)
    {
        List<Candidate> found = [];
        foreach ((DatabaseFunction function, int place) in names.Functions(name))
        {
            if (TypesFor(function, count, argumentNames, expand) is { } types)
            {
                bool gathers = expand && function.Variadic != 0 && argumentNames.Count == 0 && function.Arguments.Length <= count;
                found.Add(new Candidate(function.Oid, types, function.ReturnType, place) { Gathers = gathers });
            }
        }

        return WithoutHidden(found);
    }

    /// <summary>The types at the call's places; null where the function cannot be called so.</summary>
    private static List<uint>? TypesFor(DatabaseFunction function, int count, IReadOnlyList<string> argumentNames, bool expand)
    {
        int parameters = function.Arguments.Length;
        if (argumentNames.Count > 0)
        {
            return function.Variadic != 0 && expand ? null : Named(function, count, argumentNames);
        }

        if (parameters <= count && expand && function.Variadic != 0)
        {
            return [.. function.Arguments.Take(parameters - 1), .. Enumerable.Repeat(function.Variadic, count - parameters + 1)];
        }

        return parameters == count || (parameters > count && count + function.Defaults >= parameters) ? [.. function.Arguments.Take(count)] : null;
    }

    private static List<uint>? Named(DatabaseFunction function, int count, IReadOnlyList<string> argumentNames)
    {
        int parameters = function.Arguments.Length;
        FunctionArgument[] inputs = [.. function.Inputs];
        int positional = count - argumentNames.Count;
        if (inputs.Length != parameters || count > parameters)
        {
            return null;
        }

        List<int> places = [.. Enumerable.Range(0, positional)];
        foreach (string name in argumentNames)
        {
            int place = Array.FindIndex(inputs, input => input.Name == name);
            if (place < 0 || places.Contains(place))
            {
                return null;
            }

            places.Add(place);
        }

        bool complete = Enumerable.Range(0, parameters - function.Defaults).All(places.Contains);
        return complete ? [.. places.Select(place => function.Arguments[place])] : null;
    }

    /// <summary>Of functions that take the same types the one earlier in the path hides the others, and in one schema the one that gathers nothing.</summary>
    private static List<Candidate> WithoutHidden(List<Candidate> found) => found.Count < 2 ? found :
    [
        .. found.Where(one => !found.Any(other => !ReferenceEquals(one, other) && other.Types.SequenceEqual(one.Types)
            && (other.Place < one.Place || (other.Place == one.Place && one.Gathers && !other.Gathers)))),
    ];
}
