using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Meanings.Overloads;
using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Harms;

/// <summary>The application's casts that an assignment, a returned value or a test in a body may apply: a value of any type can come there.</summary>
internal sealed class AssignmentCasts(DatabaseCatalog catalog)
{
    private const int Deepest = 8;

    /// <summary>Notes the casts into these types, into their elements and into their columns.</summary>
    public void Note(IReadOnlyList<uint> types, SearchPath path, Uses uses)
    {
        if (!catalog.UserCasts.IsEmpty)
        {
            HashSet<uint> targets = [];
            foreach (uint type in types)
            {
                Gather(type, targets, 0);
            }

            uses.Add(ObjectKind.Cast, catalog.UserCasts.Where(cast => Coercions.Allows(Coercions.Assignment, cast) && targets.Contains(cast.Target)).Select(cast => cast.Oid), path);
        }
    }

    private void Gather(uint type, HashSet<uint> targets, int depth)
    {
        uint under = catalog.BaseOf(type);
        if (depth > Deepest || !targets.Add(under))
        {
            return;
        }

        foreach (uint part in new[] { catalog.ElementOf(under), catalog.Type(under)?.Subtype ?? 0 }.Where(part => part != 0))
        {
            Gather(part, targets, depth + 1);
        }

        foreach (DatabaseColumn column in catalog.ColumnsOf(under) ?? [])
        {
            Gather(column.Type, targets, depth + 1);
        }
    }
}
