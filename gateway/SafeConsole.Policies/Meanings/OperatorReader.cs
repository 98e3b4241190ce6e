using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Meanings.Overloads;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>Operators, written and unwritten: NULLIF, IN, BETWEEN, CASE x WHEN, JOIN USING and comparisons of rows find theirs by name as well.</summary>
internal sealed class OperatorReader(Analysis analysis)
{
    private static readonly string[] Equal = ["="];
    private readonly OperatorCandidates candidates = new(analysis.Names, analysis.Coercions);
    private readonly PolymorphicTypes polymorphic = new(analysis.Catalog, analysis.Coercions);

    /// <summary>An A_Expr.</summary>
    public StaticType Read(SqlNode node, Scope scope)
    {
        analysis.Visit(node);
        IReadOnlyList<string> name = node.Names("name");
        SqlNode? left = node.Child("lexpr");
        SqlNode? right = node.Child("rexpr");
        string kind = node.Text("kind") ?? "AEXPR_OP";
        if (right is not { } operand)
        {
            analysis.Findings.Deny("node.unknown", "An operator without a right operand is not understood.", "Only reads are passed on.", node);
            return StaticType.Any;
        }

        return kind switch
        {
            "AEXPR_OP" when left is { Type: "RowExpr" } => ReadRows(name, left.Value, operand, scope, node),
            "AEXPR_OP" or "AEXPR_LIKE" or "AEXPR_ILIKE" or "AEXPR_SIMILAR" => ReadPlain(name, left, operand, scope, node),
            "AEXPR_DISTINCT" or "AEXPR_NOT_DISTINCT" => ReadDistinct(name, left!.Value, operand, scope, node),
            "AEXPR_NULLIF" => ReadNullIf(name, left!.Value, operand, scope, node),
            "AEXPR_OP_ANY" or "AEXPR_OP_ALL" => ReadArray(name, left!.Value, operand, scope, node),
            "AEXPR_IN" => ReadIn(name, left!.Value, operand, scope, node),
            "AEXPR_BETWEEN" or "AEXPR_NOT_BETWEEN" or "AEXPR_BETWEEN_SYM" or "AEXPR_NOT_BETWEEN_SYM" => ReadBetween(left!.Value, operand, scope, node, kind),
            _ => Unknown(kind, node),
        };
    }

    /// <summary>Applies the operator that the name means for operands of these types, and gives its result's. Rows, sorts and lists may take functions of its family besides.</summary>
    public StaticType Apply(IReadOnlyList<string> name, IReadOnlyList<StaticType> operands, SqlNode at, bool orders = false)
    {
        IReadOnlyList<uint> given = [.. operands.Select(operand => operand.Oid)];
        uint[] results = [.. Choose(name, operands, at, orders).Select(candidate => polymorphic.Result(candidate.Result, given, candidate.Types)).Distinct()];
        return new StaticType(results is [var only] ? only : 0);
    }

    private IReadOnlyList<Candidate> Choose(IReadOnlyList<string> name, IReadOnlyList<StaticType> operands, SqlNode at, bool orders = false)
    {
        if (candidates.Find(name, [.. operands.Select(operand => operand.Oid)]) is not { } possible)
        {
            analysis.Findings.Deny("operator.unknown", $"operator does not exist: {string.Join('.', name)}", "There is no operator of this name in the database's catalog.", at, "42883");
            return [];
        }

        foreach (Candidate candidate in possible)
        {
            analysis.Findings.Add(orders && analysis.Catalog.FamilyFunctions.ContainsKey(candidate.Oid) ? ObjectKind.Ordering : ObjectKind.Operator, candidate.Oid, at.Location);
            DatabaseFunction? function = analysis.Catalog.Functions.GetValueOrDefault(analysis.Catalog.Operators[candidate.Oid].Function);
            analysis.Calls.NoteArguments(candidate, operands, function, name[^1] == "#=", at);
        }

        return possible;
    }

    /// <summary>Applies `=` as CASE, JOIN USING and sub-selects do.</summary>
    public StaticType ApplyEqual(StaticType left, StaticType right, SqlNode at) => Apply(Equal, [left, right], at);

    /// <summary>Compares a row with the columns of a query.</summary>
    public void ApplyToColumns(IReadOnlyList<string> name, IReadOnlyList<StaticType> left, RowShape? right, SqlNode at)
    {
        bool paired = right?.Columns.Count == left.Count;
        for (int place = 0; place < left.Count; place++)
        {
            Apply(name.Count == 0 ? Equal : name, [left[place], paired ? right!.Columns[place].Type : StaticType.Any], at, orders: true);
        }
    }

    private StaticType ReadPlain(IReadOnlyList<string> name, SqlNode? left, SqlNode right, Scope scope, SqlNode node) => Apply(
        name,
        left is { } operand ? [analysis.Expressions.Read(operand, scope), analysis.Expressions.Read(right, scope)] : [analysis.Expressions.Read(right, scope)],
        node);

    private StaticType ReadRows(IReadOnlyList<string> name, SqlNode left, SqlNode right, Scope scope, SqlNode node)
    {
        if (right.Type == "RowExpr")
        {
            ApplyPairs(name, analysis.Expressions.ReadRow(left, scope), analysis.Expressions.ReadRow(right, scope), node);
        }
        else if (right.Type == "SubLink")
        {
            IReadOnlyList<StaticType> row = analysis.Expressions.ReadRow(left, scope);
            ApplyToColumns(name, row, analysis.Expressions.ReadSubLink(right, scope), node);
            Apply(name, [new StaticType(SystemTypes.Record), StaticType.Any], node);
        }
        else
        {
            return ReadPlain(name, left, right, scope, node);
        }

        return new StaticType(SystemTypes.Bool);
    }

    private void ApplyPairs(IReadOnlyList<string> name, IReadOnlyList<StaticType> left, IReadOnlyList<StaticType> right, SqlNode node)
    {
        bool paired = left.Count == right.Count;
        for (int place = 0; place < left.Count; place++)
        {
            Apply(name, [left[place], paired ? right[place] : StaticType.Any], node, orders: true);
        }
    }

    private StaticType ReadDistinct(IReadOnlyList<string> name, SqlNode left, SqlNode right, Scope scope, SqlNode node)
    {
        if (left.Type == "RowExpr" && right.Type == "RowExpr")
        {
            ApplyPairs(name, analysis.Expressions.ReadRow(left, scope), analysis.Expressions.ReadRow(right, scope), node);
        }
        else if (left.Has("isnull") || right.Has("isnull"))
        {
            // A bare NULL makes it IS NULL.
            analysis.Expressions.Read(left, scope);
            analysis.Expressions.Read(right, scope);
        }
        else
        {
            ReadPlain(name, left, right, scope, node);
        }

        return new StaticType(SystemTypes.Bool);
    }

    private StaticType ReadNullIf(IReadOnlyList<string> name, SqlNode left, SqlNode right, Scope scope, SqlNode node)
    {
        StaticType first = analysis.Expressions.Read(left, scope);
        uint[] results = [.. Choose(name, [first, analysis.Expressions.Read(right, scope)], node)
            .Select(candidate => SystemTypes.IsPolymorphic(candidate.Types[0]) || candidate.Types[0] == SystemTypes.Record ? first.Settled.Oid : candidate.Types[0]).Distinct()];
        return new StaticType(results is [var only] ? only : 0);
    }

    private StaticType ReadArray(IReadOnlyList<string> name, SqlNode left, SqlNode right, Scope scope, SqlNode node)
    {
        StaticType first = analysis.Expressions.Read(left, scope);
        StaticType array = analysis.Expressions.Read(right, scope);
        Apply(name, [first, array.IsLiteral ? array : analysis.Types.ElementOf(array)], node, orders: true);
        return new StaticType(SystemTypes.Bool);
    }

    /// <summary>Items without columns in them are one array of their common type, if there are several of them; so every item and every such array is noted.</summary>
    private StaticType ReadIn(IReadOnlyList<string> name, SqlNode left, SqlNode right, Scope scope, SqlNode node)
    {
        SqlNode[] items = [.. right.Children("items")];
        if (left.Type == "RowExpr" && items.All(item => item.Type == "RowExpr"))
        {
            IReadOnlyList<StaticType> row = analysis.Expressions.ReadRow(left, scope);
            foreach (SqlNode item in items)
            {
                ApplyPairs(name, row, analysis.Expressions.ReadRow(item, scope), node);
            }

            return new StaticType(SystemTypes.Bool);
        }

        StaticType first = analysis.Expressions.Read(left, scope);
        StaticType[] types = [.. items.Select(item => analysis.Expressions.Read(item, scope))];
        StaticType[] kinds = [.. types.Distinct()];
        foreach (StaticType kind in kinds)
        {
            Apply(name, [first, kind], node, orders: true);
        }

        if (items.Length > 1)
        {
            ApplyToArrays(name, first, kinds, node);
        }

        return new StaticType(SystemTypes.Bool);
    }

    private void ApplyToArrays(IReadOnlyList<string> name, StaticType first, StaticType[] kinds, SqlNode node)
    {
        const int Most = 4;
        HashSet<StaticType> arrays = kinds.Length > Most ? [StaticType.Any] : [];
        if (kinds.Length > Most)
        {
            analysis.Unify([first, .. kinds], node);
        }

        for (int some = 1; some < 1 << kinds.Length && kinds.Length <= Most; some++)
        {
            // Without a common type there is no array.
            StaticType[] members = [first, .. kinds.Where((_, place) => (some >> place & 1) != 0)];
            StaticType common = analysis.Unify(members, node);
            if (!common.IsAny || members.Any(member => member.IsAny))
            {
                arrays.Add(common);
            }
        }

        foreach (StaticType array in arrays)
        {
            Apply(name, [first, array], node);
        }
    }

    private StaticType ReadBetween(SqlNode left, SqlNode right, Scope scope, SqlNode node, string kind)
    {
        StaticType value = analysis.Expressions.Read(left, scope);
        string[] names = kind switch
        {
            "AEXPR_BETWEEN" => [">=", "<="],
            "AEXPR_NOT_BETWEEN" => ["<", ">"],
            "AEXPR_BETWEEN_SYM" => [">=", "<=", "<=", ">="],
            _ => ["<", ">", ">", "<"],
        };
        StaticType[] bounds = [.. right.Children("items").Select(item => analysis.Expressions.Read(item, scope))];
        for (int place = 0; place < names.Length && bounds.Length > 0; place++)
        {
            Apply([names[place]], [value, bounds[place % bounds.Length]], node);
        }

        return new StaticType(SystemTypes.Bool);
    }

    private StaticType Unknown(string kind, SqlNode node)
    {
        analysis.Findings.Deny("node.unknown", $"{kind} is not understood.", "Only reads are passed on.", node);
        return StaticType.Any;
    }
}
