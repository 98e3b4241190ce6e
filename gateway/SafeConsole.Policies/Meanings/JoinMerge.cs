using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>The columns of a join. USING and NATURAL merge the columns of one name into one, and compare them by `=`.</summary>
internal sealed class JoinMerge(Analysis analysis, FromPart left, FromPart right)
{
    /// <summary>The join as a part of FROM.</summary>
    public FromPart Merge(SqlNode node)
    {
        if (node.Flag("isNatural") && (left.Star is null || right.Star is null))
        {
            // Which columns are compared cannot be told: any two may be.
            analysis.Operators.ApplyEqual(StaticType.Any, StaticType.Any, node);
            return new FromPart([.. left.Items, .. right.Items], null);
        }

        IReadOnlyList<string> names = node.Flag("isNatural")
            ? [.. left.Star!.Columns.Select(column => column.Name).Where(name => right.Star!.Named(name).Any()).Distinct()]
            : node.Names("usingClause");
        RowColumn[] merged = [.. names.Select(name => MergeColumn(name, node))];
        List<RangeItem> items = [.. left.Items, .. right.Items];
        if (merged.Length > 0)
        {
            foreach (RangeItem item in items)
            {
                item.Merged.UnionWith(names);
            }

            items.Add(new RangeItem(null, null, new RowShape(merged), StaticType.Any));
        }

        if (node.Child("join_using_alias", "Alias")?.Text("aliasname") is { } alias)
        {
            items.Add(new RangeItem(alias, null, new RowShape(merged), StaticType.RecordOf(new RowShape(merged))) { IsOpen = false });
        }

        RowShape? star = left.Star is null || right.Star is null
            ? null
            : new RowShape([.. merged, .. left.Star.Columns.Concat(right.Star.Columns).Where(column => !names.Contains(column.Name))]);
        return new FromPart(items, star);
    }

    private RowColumn MergeColumn(string name, SqlNode node)
    {
        StaticType first = TypeIn(left, name);
        StaticType second = TypeIn(right, name);
        analysis.Operators.ApplyEqual(first, second, node);
        return new RowColumn(name, first == second ? first : analysis.Unify([first, second], node));
    }

    private static StaticType TypeIn(FromPart part, string name)
    {
        StaticType[] types = [.. part.Star?.Named(name) ?? []];
        return types is [var only] ? only : StaticType.Any;
    }
}
