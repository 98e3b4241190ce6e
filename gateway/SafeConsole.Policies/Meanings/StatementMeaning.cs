using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Rules;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>Judges one statement by what its names mean under one search path.</summary>
internal sealed class StatementMeaning(DatabaseCatalog catalog, SearchPath path, HarmGraph harms)
{
    private const string Hint = "Only what reads or computes is passed on; functions of the application that are known to be harmless can be named in the policy.";

    /// <summary>The denial of a statement of which some node was not read: better refused than half understood.</summary>
    public static Denial NotUnderstood { get; } =
        new("node.unknown", "A part of the statement is not understood in its place.", "Write it in another way, or in smaller statements.", SqlStates.NotAllowed, null);

    /// <summary>Why the statement may not be sent; null if it may. The parameters' types are those of a Parse message, null where they are not known.</summary>
    public Denial? Judge(SqlNode root, Examination examination, IReadOnlyList<uint>? parameterTypes)
    {
        SqlNode inner = root.Type == "ExplainStmt" && root.Child("query") is { } explained ? explained : root;
        if (root.Type is not ("SelectStmt" or "ExplainStmt" or "DeclareCursorStmt" or "PrepareStmt" or "ExecuteStmt" or "CopyStmt"))
        {
            return null;
        }

        var names = new NameLookup(catalog, path);
        IReadOnlyList<uint>? types = root.Type == "PrepareStmt" ? PreparedTypes(root, names) : parameterTypes;
        var analysis = new Analysis(names, new ParameterVariables(types, examination.Parameters), examination.OutsideRecovery);
        Read(inner, analysis);
        foreach (uint converter in root.Children("options").Any(option => option.Text("defname") == "encoding") ? catalog.ConversionFunctions : [])
        {
            analysis.Findings.Add(ObjectKind.Function, converter, null);
        }

        foreach (uint type in parameterTypes ?? [])
        {
            // Binding a parameter makes a value of its type.
            analysis.Findings.Add(ObjectKind.Type, type, null);
        }

        analysis.Finish();
        return analysis.Findings.Denial ?? FindHarm(analysis) ?? (analysis.HasReadAll(examination.Counts) ? null : NotUnderstood);
    }

    private static IReadOnlyList<uint> PreparedTypes(SqlNode prepare, NameLookup names) => [.. prepare.Children("argtypes")
        .Select(type => names.Type(type.Names("names")) is { } found ? type.Has("arrayBounds") ? found.ArrayOrSelf : found.Oid : 0)];

    private static void Read(SqlNode statement, Analysis analysis)
    {
        switch (statement.Type)
        {
            case "SelectStmt":
                analysis.Queries.Read(statement, Scope.Empty);
                break;
            case "DeclareCursorStmt" or "PrepareStmt":
                foreach (SqlNode type in statement.Children("argtypes"))
                {
                    analysis.Types.Read(type);
                }

                Read(statement.Child("query") ?? default, analysis);
                break;
            case "ExecuteStmt":
                foreach (SqlNode parameter in statement.Children("params"))
                {
                    // It becomes what the statement declared, which stands elsewhere.
                    analysis.ConvertToAny(analysis.Expressions.Read(parameter, Scope.Empty), parameter);
                }

                break;
            case "CopyStmt" when statement.Child("relation", "RangeVar") is { } relation:
                analysis.From.ReadRelation(relation, Scope.Empty);
                break;
            case "CopyStmt":
                Read(statement.Child("query") ?? default, analysis);
                break;
            case "InsertStmt" or "UpdateStmt" or "DeleteStmt" or "MergeStmt":
                new LooseReader(analysis).Read(statement);
                break;
            default:
                analysis.Findings.Deny("node.unknown", "The statement is not understood.", "Only reads are passed on.", null);
                break;
        }
    }

    private Denial? FindHarm(Analysis analysis)
    {
        foreach ((DatabaseObject used, int? place) in analysis.Findings.Objects.OrderBy(pair => pair.Value ?? 0))
        {
            if (harms.Find(used) is { } harm)
            {
                return new Denial(harm.Rule, harm.Sentence, Hint, harm.SqlState, place);
            }
        }

        return null;
    }
}
