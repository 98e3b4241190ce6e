using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `setting.search-path`: with a catalog any schemas may be searched, for every later name is judged under that path; but for schemas that hold something harmful under the
/// name of one of PostgreSQL's own functions, operators, types or views: nobody sets such a path by accident.
/// </summary>
internal static class SearchPathRule
{
    /// <summary>Judges a new value, and notes it for the statements behind; null is the session's default.</summary>
    public static void Judge(string? text, bool isLocal, bool isCertain, SqlNode at, Examination examination)
    {
        SessionNames session = examination.Session!;
        if (examination.Path is not null || examination.Root.Type is not ("SelectStmt" or "VariableSetStmt") || examination.IsText)
        {
            examination.Deny("setting.search-path", "Only a plain SELECT may change search_path, and only once.", "Use SET search_path.", at);
            return;
        }

        if (text is not null)
        {
            if (SearchPath.Read(session.Catalog, text) is not { } path)
            {
                examination.Deny("setting.value", "The value for search_path is not a list of schemas.", "Write names with commas between them.", at);
                return;
            }

            if (FindHidden(path, SearchPath.Read(session.Catalog, session.DefaultPath), session.Catalog, examination.Policy) is { } hidden)
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
        HashSet<uint> added = [.. path.Schemas.Where(schema => schema != builtIn && usual?.PlaceOf(schema) is not >= 0)];
        HarmGraph harms = catalog.HarmsUnder(policy);
        bool Harms(ObjectKind kind, uint oid) => harms.Find(new DatabaseObject(kind, oid, path)) is not null;

        string? function = catalog.Functions.Values.FirstOrDefault(one => added.Contains(one.Schema)
            && catalog.FunctionsByName[one.Name].Any(other => other.Schema == builtIn) && Harms(ObjectKind.Function, one.Oid))?.Name;
        string? relation = catalog.Relations.Values.FirstOrDefault(one => added.Contains(one.Schema)
            && catalog.RelationsByName.ContainsKey((builtIn, one.Name)) && Harms(ObjectKind.Relation, one.Oid))?.Name;
        string? type = catalog.Types.Values.FirstOrDefault(one => added.Contains(one.Schema)
            && catalog.TypesByName.ContainsKey((builtIn, one.Name)) && Harms(ObjectKind.Type, one.Oid))?.Name;
        string? named = catalog.Operators.Values.FirstOrDefault(one => added.Contains(one.Schema)
            && catalog.OperatorsByName[one.Name].Any(other => other.Schema == builtIn) && Harms(ObjectKind.Operator, one.Oid))?.Name;
        return function ?? relation ?? type ?? named;
    }
}
