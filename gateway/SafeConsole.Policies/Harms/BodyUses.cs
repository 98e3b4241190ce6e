using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Catalogs.Trees;
using SafeConsole.Policies.Meanings;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Rules;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Harms;

/// <summary>What the body of a function in SQL or PL/pgSQL runs. Its statements are judged by the rules for reads, its names found as on the day of the call.</summary>
internal sealed class BodyUses(DatabaseCatalog catalog, TargetPolicy policy)
{
    private const string Rule = "function.not-allowed";

    /// <summary>Notes what the body uses under the path that is in force within it.</summary>
    public void Find(DatabaseFunction function, SearchPath path, Uses uses)
    {
        // A body in SQL only returns values; one in PL/pgSQL may assign to its arguments as well.
        IEnumerable<FunctionArgument> assigned = function.Language == "sql" ? function.Outputs : function.AllArguments;
        new AssignmentCasts(catalog).Note([.. assigned.Select(argument => argument.Type), function.ReturnType], path, uses);
        if (function.SourceTree is { Length: > 0 } tree)
        {
            new StoredTreeScan(uses, path, Rule).Scan(tree);
        }
        else if (function.Language == "sql")
        {
            ReadQueries(function.Source ?? "", new FunctionVariables(catalog, function), path, uses);
        }
        else
        {
            new ProcedureUses(catalog, this).Find(function, path, uses);
        }

        if (uses.Unknown.Contains(ObjectKind.ShownType))
        {
            NoteShown(function, path, uses);
        }
    }

    /// <summary>Whether it calls the application's functions that give rows whose columns they do not name.</summary>
    public bool TakesRecords(Uses uses) =>
        uses.Objects.Any(used => used.Kind == ObjectKind.Function && catalog.Functions.GetValueOrDefault(used.Oid) is { IsSystem: false, GivesRecord: true });

    /// <summary>
    /// Shows values of unknown types as JSON, rows of records above all. They are of the types of what the body reads, calls and names, or of parts of these; of any where rows come from
    /// elsewhere.
    /// </summary>
    private void NoteShown(DatabaseFunction function, SearchPath path, Uses uses)
    {
        List<uint> types = [.. function.Arguments, function.ReturnType, .. function.AllArguments.Select(argument => argument.Type)];
        foreach (DatabaseObject used in uses.Objects)
        {
            IEnumerable<uint> given = used.Kind switch
            {
                ObjectKind.Relation or ObjectKind.PlannedWrite => [catalog.Relations.GetValueOrDefault(used.Oid)?.RowType ?? 0],
                ObjectKind.Function => catalog.Functions.GetValueOrDefault(used.Oid) is { } called ? [called.ReturnType, .. called.Outputs.Select(output => output.Type)] : [SystemTypes.Any],
                ObjectKind.Operator or ObjectKind.Ordering => [catalog.Operators.GetValueOrDefault(used.Oid)?.Result ?? SystemTypes.Any],
                ObjectKind.Cast => [catalog.UserCasts.FirstOrDefault(cast => cast.Oid == used.Oid)?.Target ?? SystemTypes.Any],
                ObjectKind.Fetch => [SystemTypes.Any],
                ObjectKind.SortedType => [],
                _ => [used.Oid],
            };
            types.AddRange(given);
        }

        if (uses.ReadsSamples || types.Any(catalog.HasSamples))
        {
            types.Add(SystemTypes.AnyArray);
        }

        uses.Add(ObjectKind.ShownType, TakesRecords(uses) ? [SystemTypes.Any] : types.Distinct().Where(catalog.Types.ContainsKey), path);
    }

    /// <summary>Judges SQL text in which every statement must be a query.</summary>
    public void ReadQueries(string sql, IVariables? variables, SearchPath path, Uses uses)
    {
        (PostgresText? text, SqlFault? fault) = PostgresParser.Parse(sql);
        if (text is null)
        {
            uses.Blame(Rule, $"contains SQL that cannot be read ({fault!.Message})");
            return;
        }

        using (text)
        {
            var examination = new Examination(text, policy) { Walker = RuleSet.BodyWalker };
            examination.JudgeTextsBy(inner => Analyse(inner, variables, path, uses));
            foreach (SqlNode statement in text.Statements)
            {
                ReadStatement(statement, examination, variables, path, uses);
            }
        }
    }

    private void ReadStatement(SqlNode statement, Examination examination, IVariables? variables, SearchPath path, Uses uses)
    {
        SqlNode root = statement.Child("stmt") ?? new SqlNode("an unknown statement", default);
        root = root.Type == "ExplainStmt" && root.Child("query") is { Type: "SelectStmt" } explained ? explained : root;
        examination.Enter(statement, root);
        if (root.Type != "SelectStmt")
        {
            uses.Blame(Rule, $"contains a statement that is no read ({root.Type})", root.Type is "InsertStmt" or "UpdateStmt" or "DeleteStmt" or "MergeStmt" ? SqlStates.ReadOnly : SqlStates.NotAllowed);
            return;
        }

        examination.Walker.Walk(statement, examination);
        Analyse(examination, variables, path, uses);
        if (examination.Denial is { } denial)
        {
            uses.Blame(denial.Rule, $"contains what is not allowed: {denial.Reason.TrimEnd('.')}", denial.SqlState == SqlStates.ReadOnly ? SqlStates.ReadOnly : SqlStates.NotAllowed);
        }
    }

    private void Analyse(Examination examination, IVariables? variables, SearchPath path, Uses uses)
    {
        if (examination.Denial is not null)
        {
            return;
        }

        var analysis = new Analysis(new NameLookup(catalog, path), variables, examination.OutsideRecovery);
        analysis.Queries.Read(examination.Root, Scope.Empty);
        analysis.Finish();
        Denial? denial = analysis.Findings.Denial ?? (analysis.HasReadAll(examination.Counts) ? null : StatementMeaning.NotUnderstood);
        if (denial is not null)
        {
            examination.Deny(denial);
        }

        uses.Unknown.UnionWith(analysis.Findings.Unknown);
        uses.ReadsSamples |= analysis.ReadsSamples;
        foreach (DatabaseObject used in analysis.Findings.Objects.Select(pair => pair.Key))
        {
            uses.Add(used.Kind, used.Oid, used.Path);
        }
    }
}
