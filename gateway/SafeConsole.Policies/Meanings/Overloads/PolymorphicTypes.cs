using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Meanings.Overloads;

/// <summary>What `anyelement` and its relatives stand for in a call: check_generic_type_consistency and enforce_generic_type_consistency in parser/parse_coerce.c.</summary>
internal sealed class PolymorphicTypes(DatabaseCatalog catalog, Coercions coercions)
{
    /// <summary>Whether the given types agree with each other. What cannot be told agrees.</summary>
    public bool AreConsistent(IReadOnlyList<uint> given, IReadOnlyList<uint> wanted)
    {
        if (given.Zip(wanted).Any(pair => pair.First == 0 && SystemTypes.IsPolymorphic(pair.Second)))
        {
            return true;
        }

        if (Bind(given, wanted) is not { } bound)
        {
            return false;
        }

        bool noArray = wanted.Contains(SystemTypes.AnyNonArray) && catalog.ElementOf(catalog.BaseOf(bound.Element)) != 0;
        bool noEnum = wanted.Contains(SystemTypes.AnyEnum) && catalog.Type(bound.Element)?.Kind != 'e';
        bool noCompatible = wanted.Contains(SystemTypes.AnyCompatibleNonArray) && catalog.ElementOf(catalog.BaseOf(bound.Compatible)) != 0;
        return !noArray && !noEnum && !noCompatible;
    }

    /// <summary>The result type of a call: the declared one, or what it stands for; 0 where that cannot be told.</summary>
    public uint Result(uint declared, IReadOnlyList<uint> given, IReadOnlyList<uint> wanted)
    {
        if (!SystemTypes.IsPolymorphic(declared))
        {
            return declared;
        }

        if (given.Zip(wanted).Any(pair => pair.First == 0 && SystemTypes.IsPolymorphic(pair.Second)) || Bind(given, wanted) is not { } bound)
        {
            return 0;
        }

        uint compatible = bound.Compatible == SystemTypes.Unknown ? SystemTypes.Text : bound.Compatible;
        return declared switch
        {
            SystemTypes.AnyElement or SystemTypes.AnyNonArray or SystemTypes.AnyEnum => bound.Element,
            SystemTypes.AnyArray => bound.Array != 0 ? bound.Array : ArrayOf(bound.Element),
            SystemTypes.AnyRange => bound.Range,
            SystemTypes.AnyMultirange => bound.Multirange,
            SystemTypes.AnyCompatible or SystemTypes.AnyCompatibleNonArray => compatible,
            SystemTypes.AnyCompatibleArray => ArrayOf(compatible),
            _ => 0,
        };
    }

    /// <summary>What the families stand for, 0 where nothing says; null where the given types contradict each other.</summary>
    private (uint Element, uint Array, uint Range, uint Multirange, uint Compatible)? Bind(IReadOnlyList<uint> given, IReadOnlyList<uint> wanted)
    {
        uint element = 0, array = 0, range = 0, multirange = 0;
        List<uint> compatible = [];
        bool agree = true;
        foreach ((uint actual, uint declared) in given.Zip(wanted).Where(pair => pair.First != SystemTypes.Unknown))
        {
            agree &= declared switch
            {
                SystemTypes.AnyElement or SystemTypes.AnyNonArray or SystemTypes.AnyEnum => Meet(ref element, actual),
                SystemTypes.AnyArray => Meet(ref array, catalog.BaseOf(actual)),
                SystemTypes.AnyRange => Meet(ref range, catalog.BaseOf(actual)),
                SystemTypes.AnyMultirange => Meet(ref multirange, catalog.BaseOf(actual)),
                SystemTypes.AnyCompatible or SystemTypes.AnyCompatibleNonArray => Gather(compatible, actual),
                SystemTypes.AnyCompatibleArray => Gather(compatible, catalog.ElementOf(catalog.BaseOf(actual))),
                SystemTypes.AnyCompatibleRange => Gather(compatible, SubtypeOf(catalog.BaseOf(actual), 'r')),
                SystemTypes.AnyCompatibleMultirange => Gather(compatible, SubtypeOf(SubtypeOf(catalog.BaseOf(actual), 'm'), 'r')),
                _ => true,
            };
        }

        if (multirange != 0)
        {
            agree &= SubtypeOf(multirange, 'm') is > 0 and var within && Meet(ref range, within);
        }

        if (array is not (0 or SystemTypes.AnyArray))
        {
            agree &= catalog.ElementOf(array) is > 0 and var item && Meet(ref element, item);
        }

        if (range != 0)
        {
            agree &= SubtypeOf(range, 'r') is > 0 and var subtype && Meet(ref element, subtype);
        }

        uint common = compatible.Count == 0 ? SystemTypes.Unknown : CommonType.Find(catalog, coercions, compatible);
        agree &= common != 0 && compatible.All(type => coercions.Fits([type], [common]));
        return agree ? (element, array, range, multirange != 0 ? multirange : 0, common) : null;
    }

    private static bool Meet(ref uint bound, uint type)
    {
        bool agree = type != 0 && (bound == 0 || bound == type);
        bound = type;
        return agree;
    }

    private static bool Gather(List<uint> types, uint type)
    {
        types.Add(type);
        return type != 0;
    }

    private uint SubtypeOf(uint type, char kind) => catalog.Type(type) is { } known && known.Kind == kind ? known.Subtype : 0;

    private uint ArrayOf(uint element) => element == 0 ? 0 : catalog.Type(element)?.Array ?? 0;
}
