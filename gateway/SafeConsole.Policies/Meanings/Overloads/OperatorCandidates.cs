using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Meanings.Overloads;

/// <summary>The operators that an expression could mean: oper() and left_oper() in parser/parse_oper.c.</summary>
internal sealed class OperatorCandidates(NameLookup names, Coercions coercions)
{
    private readonly OverloadChoice choice = new(names.Catalog, coercions);

    /// <summary>What is possible for operands of these types, two or one; null where there is no operator of that name with so many operands.</summary>
    public IReadOnlyList<Candidate>? Find(IReadOnlyList<string> name, IReadOnlyList<uint> given)
    {
        List<Candidate> all = [];
        foreach ((DatabaseOperator one, int place) in names.Operators(name))
        {
            if ((one.Left == 0) == (given.Count == 1))
            {
                all.Add(new Candidate(one.Oid, one.Left == 0 ? [one.Right] : [one.Left, one.Right], one.Result, place));
            }
        }

        if (all.Count == 0)
        {
            return null;
        }

        List<Candidate> visible = all.TrueForAll(one => one.Place == all[0].Place) ? all : [.. all.Where(one => !all.Any(other => other.Place < one.Place && other.Types.SequenceEqual(one.Types)))];
        IReadOnlyList<Candidate> exact = Exact(visible, given);
        IReadOnlyList<Candidate> possible = exact.Count > 0 ? exact : choice.Match(visible, given);
        return possible.Count > 0 ? possible : visible;
    }

    /// <summary>A literal is first taken to be of the other operand's type, then of what that one's domain rests on.</summary>
    private IReadOnlyList<Candidate> Exact(List<Candidate> candidates, IReadOnlyList<uint> given)
    {
        if (given is not [var left, var right] || (left != SystemTypes.Unknown && right != SystemTypes.Unknown))
        {
            return OverloadChoice.Exact(candidates, given);
        }

        uint both = left == SystemTypes.Unknown ? right : left;
        IReadOnlyList<Candidate> exact = OverloadChoice.Exact(candidates, [both, both]);
        uint under = names.Catalog.BaseOf(both);
        return exact.Count > 0 || under == both ? exact : OverloadChoice.Exact(candidates, [under, under]);
    }
}
