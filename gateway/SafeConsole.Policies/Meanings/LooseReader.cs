using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Meanings.Overloads;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>
/// INSERT, UPDATE, DELETE and MERGE, which are only ever planned: what they name is noted without telling types, so that every overload must be harmless, and so must every cast
/// that an assignment to one of the columns that they set may apply, for the planner runs it on constants.
/// </summary>
internal sealed class LooseReader(Analysis analysis)
{
    /// <summary>Reads the statement.</summary>
    public void Read(SqlNode statement)
    {
        Scope scope = analysis.Queries.ReadWith(statement.Child("withClause", "WithClause"), Scope.Empty);
        if (statement.Child("relation", "RangeVar") is { } target)
        {
            analysis.From.ReadRelation(target, Scope.Empty);
            if (analysis.Names.Relation(target.Text("schemaname"), target.Text("relname") ?? "") is { } relation)
            {
                analysis.Findings.Add(ObjectKind.PlannedWrite, relation.Oid, target.Location);
                NoteAssigned(statement, relation);
            }
        }

        foreach (string field in new[] { "cols", "selectStmt", "onConflictClause", "returningList", "targetList", "fromClause", "usingClause", "sourceRelation", "mergeWhenClauses" })
        {
            ReadField(statement, field, scope);
        }

        ReadCondition(statement, "whereClause", scope);
        ReadCondition(statement, "joinCondition", scope);
    }

    /// <summary>What stands for columns that are set, in each part of the statement that sets some.</summary>
    private void NoteAssigned(SqlNode statement, DatabaseRelation relation)
    {
        if (statement.Type == "InsertStmt")
        {
            NoteColumns(statement, "cols", relation, orAll: true);
            if (statement.Child("onConflictClause", "OnConflictClause") is { } conflict)
            {
                NoteColumns(conflict, "targetList", relation, orAll: false);
            }
        }
        else if (statement.Type == "UpdateStmt")
        {
            NoteColumns(statement, "targetList", relation, orAll: false);
        }

        foreach (SqlNode clause in statement.Children("mergeWhenClauses"))
        {
            NoteColumns(clause, "targetList", relation, orAll: clause.Text("commandType") == "CMD_INSERT");
        }
    }

    private void NoteColumns(SqlNode node, string field, DatabaseRelation relation, bool orAll)
    {
        SqlNode[] targets = [.. node.Children(field)];
        foreach (SqlNode target in targets)
        {
            DatabaseColumn[] set = [.. relation.Columns.Where(column => column.Name == target.Text("name"))];
            NoteColumns(set, target);
            if (target.Has("indirection") && set.Any(column => analysis.Catalog.ElementOf(analysis.Catalog.BaseOf(column.Type)) == 0))
            {
                // Of a container that is no array the element is text, as hstore's.
                analysis.Findings.Add(ObjectKind.Assignment, SystemTypes.Text, target.Location);
            }
        }

        if (orAll && targets.Length == 0)
        {
            NoteColumns(relation.Columns, node);
        }
    }

    private void NoteColumns(IEnumerable<DatabaseColumn> columns, SqlNode at)
    {
        foreach (DatabaseColumn column in columns)
        {
            analysis.Findings.Add(ObjectKind.Assignment, column.Type, at.Location);
        }
    }

    private void ReadField(SqlNode node, string field, Scope scope)
    {
        foreach (SqlNode child in new[] { field == "onConflictClause" ? node.Child(field, "OnConflictClause") : node.Child(field) }.OfType<SqlNode>().Where(child => child.Type.Length > 0 && child.Fields.ValueKind == System.Text.Json.JsonValueKind.Object)
            .Concat(node.Children(field)))
        {
            ReadNode(child, scope);
        }
    }

    private void ReadNode(SqlNode node, Scope scope)
    {
        switch (node.Type)
        {
            case "SelectStmt":
                analysis.Queries.Read(node, scope);
                break;
            case "RangeVar" or "RangeSubselect" or "RangeFunction" or "RangeTableFunc" or "RangeTableSample" or "JoinExpr":
                analysis.From.ReadList([node], scope);
                break;
            case "OnConflictClause":
                ReadInference(node, scope);
                break;
            case "MergeWhenClause":
                ReadCondition(node, "condition", scope);
                ReadField(node, "targetList", scope);
                ReadField(node, "values", scope);
                break;
            case "ResTarget":
                ReadField(node, "val", scope);
                break;
            case "MultiAssignRef":
                // The same source stands in each of them and is one node.
                ReadField(node, "source", scope);
                break;
            default:
                analysis.Expressions.Read(node, Unnamed(scope));
                break;
        }
    }

    private void ReadInference(SqlNode node, Scope scope)
    {
        if (node.Child("infer", "InferClause") is { } inference)
        {
            foreach (SqlNode element in inference.Children("indexElems"))
            {
                ReadField(element, "expr", scope);
            }

            ReadCondition(inference, "whereClause", scope);
        }

        ReadField(node, "targetList", scope);
        ReadCondition(node, "whereClause", scope);
    }

    private void ReadCondition(SqlNode node, string field, Scope scope)
    {
        if (node.Child(field) is { } condition)
        {
            analysis.Convert(analysis.Expressions.Read(condition, Unnamed(scope)), SystemTypes.Bool, Coercions.Assignment, condition);
        }
    }

    /// <summary>Any name can be a column of any type.</summary>
    private static Scope Unnamed(Scope scope) => new(scope, [new FromPart([new RangeItem(null, null, null, StaticType.Any)], null)]);
}
