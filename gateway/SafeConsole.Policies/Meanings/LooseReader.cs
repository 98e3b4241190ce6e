using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>INSERT, UPDATE, DELETE and MERGE, which are only ever planned: what they name is noted without telling types, so that every overload must be harmless.</summary>
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
            }
        }

        foreach (string field in new[] { "cols", "selectStmt", "onConflictClause", "returningList", "targetList", "whereClause", "fromClause", "usingClause", "sourceRelation", "joinCondition", "mergeWhenClauses" })
        {
            ReadField(statement, field, scope);
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
                ReadField(node, "condition", scope);
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
        foreach (SqlNode element in node.Child("infer", "InferClause")?.Children("indexElems") ?? [])
        {
            ReadField(element, "expr", scope);
        }

        if (node.Child("infer", "InferClause")?.Child("whereClause") is { } predicate)
        {
            ReadNode(predicate, scope);
        }

        ReadField(node, "targetList", scope);
        ReadField(node, "whereClause", scope);
    }

    /// <summary>Any name can be a column of any type.</summary>
    private static Scope Unnamed(Scope scope) => new(scope, [new FromPart([new RangeItem(null, null, null, StaticType.Any)], null)]);
}
