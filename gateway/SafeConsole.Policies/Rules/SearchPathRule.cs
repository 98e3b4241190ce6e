using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Meanings.Overloads;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `setting.search-path`: with a catalog any schemas may be searched, for every later name is judged under that path; but for those with something harmful that
/// would take calls from one of PostgreSQL's own functions or operators, or stand before one of its types or views: nobody sets such a path by accident.
/// </summary>
internal static class SearchPathRule
{
    /// <summary>Every statement is judged under each of them.</summary>
    private const int MostPaths = 16;

    /// <summary>Judges a new value, and notes it for the statements behind; null is the session's default.</summary>
    public static void Judge(string? text, bool isLocal, bool isCertain, SqlNode at, Examination examination)
    {
        NamesInForce session = examination.Session!;
        if (examination.Path is not null || examination.Root.Type is not ("SelectStmt" or "VariableSetStmt") || examination.IsText)
        {
            examination.Deny("setting.search-path", "Only a plain SELECT may change search_path, and only once.", "Use SET search_path.", at);
            return;
        }

        if (session.Paths.Known >= MostPaths)
        {
            examination.Deny("setting.search-path", "There were too many search paths in this transaction to keep in mind.", "End the transaction, and use SET search_path.", at);
            return;
        }

        if (text is not null)
        {
            if (session.Catalog.PathOf(text) is not { } path)
            {
                examination.Deny("setting.value", "The value for search_path is not a list of schemas.", "Write names with commas between them.", at);
                return;
            }

            if (FindHidden(path, session.Catalog.PathOf(session.Paths.Standard), session.Catalog, examination.Policy) is { } hidden)
            {
                examination.Deny("setting.search-path", $"This search_path could hide PostgreSQL's own {hidden} behind one that has effects.", "Leave that schema out, and write schema.table for what is in it.", at);
                return;
            }
        }

        examination.Path = new PathChange(text, isLocal, isCertain);
    }

    private static string? FindHidden(SearchPath path, SearchPath? usual, DatabaseCatalog catalog, TargetPolicy policy)
    {
        uint builtIn = catalog.SchemasByName["pg_catalog"].Oid;
        var coercions = new Coercions(catalog);
        HarmGraph harms = catalog.HarmsUnder(policy);
        HashSet<uint> added = [.. path.Schemas.Where(schema => schema != builtIn && usual?.PlaceOf(schema) is not >= 0)];
        HashSet<uint> before = [.. path.Schemas.TakeWhile(schema => schema != builtIn).Where(added.Contains)];
        bool IsHarmful(ObjectKind kind, uint oid) => harms.Find(new DatabaseObject(kind, oid, path)) is not null;
        bool Captures(IReadOnlyList<uint> taken, IReadOnlyList<uint> own) => taken.Count == own.Count && coercions.Fits(taken, own);

        string? function = catalog.Functions.Values.FirstOrDefault(one => added.Contains(one.Schema)
            && catalog.FunctionsByName[one.Name].Any(other => other.Schema == builtIn && Captures(one.Arguments, other.Arguments)) && IsHarmful(ObjectKind.Function, one.Oid))?.Name;
        string? named = catalog.Operators.Values.FirstOrDefault(one => added.Contains(one.Schema)
            && catalog.OperatorsByName[one.Name].Any(other => other.Schema == builtIn && Captures([one.Left, one.Right], [other.Left, other.Right])) && IsHarmful(ObjectKind.Operator, one.Oid))?.Name;
        string? relation = catalog.Relations.Values.FirstOrDefault(one => before.Contains(one.Schema)
            && catalog.RelationsByName.ContainsKey((builtIn, one.Name)) && IsHarmful(ObjectKind.Relation, one.Oid))?.Name;
        string? type = catalog.Types.Values.FirstOrDefault(one => before.Contains(one.Schema)
            && catalog.TypesByName.ContainsKey((builtIn, one.Name)) && IsHarmful(ObjectKind.Type, one.Oid))?.Name;
        return function ?? named ?? relation ?? type;
    }
}
