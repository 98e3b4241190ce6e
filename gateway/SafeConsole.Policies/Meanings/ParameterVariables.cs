using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Meanings;

/// <summary>
/// The parameters of a prepared statement. One without a type takes it from where it stands; where it stands in several places, the first one's type may be another's
/// exact match, so it can be any. Types that were not handed over cannot be told.
/// </summary>
internal sealed class ParameterVariables(IReadOnlyList<uint>? types, IReadOnlyDictionary<long, int> occurrences) : IVariables
{
    public bool HidesColumns => false;

    public bool NamesAllTypes => false;

    public StaticType? Find(IReadOnlyList<string> names) => null;

    public StaticType Parameter(int number)
    {
        if (types is null || number < 1)
        {
            return StaticType.Any;
        }

        uint type = number <= types.Count ? types[number - 1] : 0;
        return type is not (0 or SystemTypes.Unknown) ? new StaticType(type) : occurrences.GetValueOrDefault(number) == 1 ? StaticType.Literal : StaticType.Any;
    }
}
