using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Meanings.Overloads;

/// <summary>Which types become which, as parser/parse_coerce.c has it.</summary>
internal sealed class Coercions(DatabaseCatalog catalog)
{
    /// <summary>The contexts of pg_cast in the order of what they let pass.</summary>
    public const char Implicit = 'i';

    /// <summary>Assignments, and what is treated like one.</summary>
    public const char Assignment = 'a';

    /// <summary>A written cast.</summary>
    public const char Explicit = 'e';

    /// <summary>Whether a cast is applied in a context without being written more strongly.</summary>
    public static bool Allows(char context, DatabaseCast cast) => Level(cast.Context) <= Level(context);

    /// <summary>How a value of one type becomes another: find_coercion_pathway.</summary>
    public Conversion Find(uint source, uint target, char context)
    {
        source = catalog.BaseOf(source);
        target = catalog.BaseOf(target);
        if (source == target)
        {
            return Conversion.Same;
        }

        if (catalog.Casts.TryGetValue((source, target), out DatabaseCast? cast))
        {
            return Level(cast.Context) <= Level(context) ? new Conversion(true, cast, cast.Method == 'i') : Conversion.None;
        }

        if (target is not (SystemTypes.OidVector or SystemTypes.Int2Vector)
            && catalog.ElementOf(target) is > 0 and var targetElement && catalog.ElementOf(source) is > 0 and var sourceElement
            && Find(sourceElement, targetElement, context) is { IsPossible: true } elements)
        {
            return elements with { ByText = false };
        }

        bool toText = Level(context) >= Level(Assignment) && CategoryOf(target) == 'S';
        bool fromText = Level(context) >= Level(Explicit) && CategoryOf(source) == 'S';
        return toText || fromText ? new Conversion(true, null, true) : Conversion.None;
    }

    /// <summary>Whether arguments of these types can be given for parameters of those: can_coerce_type. A type that cannot be told fits everywhere.</summary>
    public bool Fits(IReadOnlyList<uint> given, IReadOnlyList<uint> wanted)
    {
        bool generic = false;
        for (int place = 0; place < given.Count; place++)
        {
            if (SystemTypes.IsPolymorphic(wanted[place]))
            {
                generic = true;
            }
            else if (!Fits(given[place], wanted[place]))
            {
                return false;
            }
        }

        return !generic || new PolymorphicTypes(catalog, this).AreConsistent(given, wanted);
    }

    /// <summary>The category letter of a type; X for unknown ones.</summary>
    public char CategoryOf(uint type) => catalog.Type(type)?.Category ?? 'X';

    /// <summary>Whether the type is preferred in its category.</summary>
    public bool IsPreferred(uint type) => catalog.Type(type)?.Preferred ?? false;

    private bool Fits(uint given, uint wanted)
    {
        bool plain = given == wanted || given is 0 or SystemTypes.Unknown || wanted == SystemTypes.Any;
        return plain
            || Find(given, wanted, Implicit).IsPossible
            || (given == SystemTypes.Record && IsRow(wanted))
            || (wanted == SystemTypes.Record && IsRow(given))
            || (wanted == SystemTypes.RecordArray && IsRow(catalog.ElementOf(given)))
            || (catalog.RelationOf(given)?.OfType is > 0 and var made && made == wanted)
            || Inherits(given, wanted, 0);
    }

    private bool IsRow(uint type) => catalog.Type(catalog.BaseOf(type)) is { IsComposite: true };

    private bool Inherits(uint given, uint wanted, int depth)
    {
        if (depth > 32 || catalog.Type(catalog.BaseOf(wanted)) is not { IsComposite: true } parent || catalog.Type(catalog.BaseOf(given)) is not { IsComposite: true } child)
        {
            return false;
        }

        List<uint> children = catalog.Relations.GetValueOrDefault(parent.Relation)?.Children ?? [];
        return children.Contains(child.Relation) || children.Any(one => catalog.Relations.GetValueOrDefault(one) is { } relation && Inherits(given, relation.RowType, depth + 1));
    }

    private static int Level(char context) => context switch
    {
        Implicit => 0,
        Assignment => 1,
        _ => 2,
    };
}
