using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Meanings.Overloads;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>
/// One statement on its way from names to what they mean. The readers each know one part of the grammar and find each other here. Follows parse analysis of PostgreSQL 15
/// (parser/analyze.c and parse_*.c) as far as types are needed to choose functions and operators.
/// </summary>
internal sealed class Analysis
{
    private readonly Dictionary<string, int> visits = [];
    private readonly List<(ObjectKind Kind, SqlNode At)> sampled = [];

    /// <summary>Begins; parameters and variables are those of a function's body or a prepared statement.</summary>
    public Analysis(NameLookup names, IVariables? variables, IReadOnlySet<int> outsideRecovery)
    {
        Names = names;
        Variables = variables;
        OutsideRecovery = outsideRecovery;
        Findings = new Findings(names.Path);
        Coercions = new Coercions(names.Catalog);
        Types = new TypeReader(this);
        Columns = new ColumnReader(this);
        Operators = new OperatorReader(this);
        Calls = new CallReader(this);
        Expressions = new ExpressionReader(this);
        From = new FromReader(this);
        Queries = new QueryReader(this);
    }

    public NameLookup Names { get; }

    public DatabaseCatalog Catalog => Names.Catalog;

    public IVariables? Variables { get; }

    /// <summary>Where calls stand that are never made on a standby.</summary>
    public IReadOnlySet<int> OutsideRecovery { get; }

    public Findings Findings { get; }

    public Coercions Coercions { get; }

    public TypeReader Types { get; }

    public ColumnReader Columns { get; }

    public OperatorReader Operators { get; }

    public CallReader Calls { get; }

    public ExpressionReader Expressions { get; }

    public FromReader From { get; }

    public QueryReader Queries { get; }

    /// <summary>Whether a relation is read whose columns hold arrays of any type: sampled values, or what new columns were filled with.</summary>
    public bool ReadsSamples { get; set; }

    /// <summary>Counts a node as read. Every node that can run something is counted once here and once by the walker of the rules; the counts must agree.</summary>
    public void Visit(SqlNode node) => visits[node.Type] = visits.GetValueOrDefault(node.Type) + 1;

    /// <summary>Whether as many nodes were read as there are in the tree, by type.</summary>
    public bool HasReadAll(IReadOnlyDictionary<string, int> counted) => counted.All(pair => visits.GetValueOrDefault(pair.Key) == pair.Value);

    /// <summary>Notes the conversion that the server inserts. The contexts are those of <see cref="Coercions"/>.</summary>
    public void Convert(StaticType from, uint to, char context, SqlNode at)
    {
        if (Catalog.UserCasts.IsEmpty || to == 0 || SystemTypes.IsPolymorphic(to))
        {
            return;
        }

        bool fieldByField = Catalog.ColumnsOf(to) is not null && (from.Oid == SystemTypes.Record || Catalog.ColumnsOf(from.Oid) is not null);
        if (from.IsAny || fieldByField)
        {
            NoteCastsInto(to, context, at, 0);
        }
        else if (!from.IsLiteral && Coercions.Find(from.Oid, to, context).Cast is { IsSystem: false } cast)
        {
            Findings.Add(ObjectKind.Cast, cast.Oid, at.Location);
        }
    }

    /// <summary>Notes all conversions that an assignment may apply to a value, where what it becomes cannot be told.</summary>
    public void ConvertToAny(StaticType from, SqlNode at)
    {
        foreach (DatabaseCast cast in Catalog.UserCasts.Where(cast => cast.Context != Coercions.Explicit && (from.IsAny || cast.Source == Catalog.BaseOf(from.Oid))))
        {
            Findings.Add(ObjectKind.Cast, cast.Oid, at.Location);
        }
    }

    /// <summary>The one type of several branches, with the conversions to it.</summary>
    public StaticType Unify(IReadOnlyList<StaticType> branches, SqlNode at)
    {
        uint common = CommonType.Find(Catalog, Coercions, [.. branches.Select(branch => branch.Oid)]);
        foreach (StaticType branch in branches)
        {
            Convert(branch, common, Coercions.Implicit, at);
        }

        if (common == 0 && branches.Any(branch => branch.IsAny))
        {
            NoteCastsAmong(branches, at);
        }

        if (common == 0 && branches.Any(branch => branch.IsAny || branch is { IsLiteral: true, IsNull: false }))
        {
            NoteMade(branches, at);
        }
        else if (branches.Any(branch => !branch.IsNull && branch.Oid != common && Catalog.BaseOf(branch.Oid) != common))
        {
            // What is of another type becomes a value of this one, a literal by its input function.
            Findings.Add(ObjectKind.Type, common, at.Location);
        }

        return branches.Count > 0 && branches.All(branch => branch == branches[0]) ? branches[0] : new StaticType(common);
    }

    /// <summary>Notes that a literal or a value of a type that cannot be told may become one of any of these types.</summary>
    public void NoteMade(IEnumerable<StaticType> types, SqlNode at)
    {
        foreach (StaticType type in types.Where(type => !type.IsLiteral))
        {
            Note(ObjectKind.Type, type, at);
        }
    }

    /// <summary>Notes a use of a type: of a row of no named type, of its columns' types; of one that cannot be told, of any that is read.</summary>
    public void Note(ObjectKind kind, StaticType type, SqlNode at)
    {
        Findings.Add(kind, type.Oid, at.Location);
        foreach (RowColumn column in type.Row?.Columns ?? [])
        {
            Note(kind, column.Type.Settled, at);
        }

        if (type.IsAny || type is { Oid: SystemTypes.Record or SystemTypes.RecordArray, Row: null })
        {
            Findings.Unknown.Add(kind);
        }
    }

    /// <summary>Notes that values of the type are sorted, grouped or compared by its default operator class; of one that cannot be told, by any.</summary>
    public void NoteSorted(StaticType type, SqlNode at)
    {
        if (Catalog.SortFunctions.Count > 0)
        {
            NoteOrAny(ObjectKind.SortedType, type, at);
        }
    }

    /// <summary>Notes that values of the type are shown as JSON; of one that cannot be told, of any, or of any that the body names.</summary>
    public void NoteShown(StaticType type, SqlNode at)
    {
        if (Catalog.JsonCasts.Length > 0)
        {
            NoteOrAny(ObjectKind.ShownType, type, at);
        }
    }

    /// <summary>The same of all columns of a row.</summary>
    public void NoteSorted(RowShape? row, SqlNode at) => NoteSorted(StaticType.RecordOf(row), at);

    /// <summary>Notes what is done with an array of any type, or with a row that has one: its elements can be of every type.</summary>
    public void NoteSamples(ObjectKind kind, StaticType type, SqlNode at)
    {
        if (type.Oid == SystemTypes.AnyArray || Catalog.HasSamples(type.Oid))
        {
            sampled.Add((kind, at));
        }
    }

    private void NoteOrAny(ObjectKind kind, StaticType type, SqlNode at)
    {
        bool unknown = type.IsAny || type is { Oid: SystemTypes.Record or SystemTypes.RecordArray, Row: null };
        NoteSamples(kind, type, at);
        if (unknown && kind == ObjectKind.ShownType && Variables is { NamesAllTypes: true })
        {
            Findings.Unknown.Add(kind);
        }
        else
        {
            Findings.Add(kind, unknown ? SystemTypes.Any : type.Oid == SystemTypes.AnyArray ? 0 : type.Settled.Oid, at.Location);
        }

        foreach (RowColumn column in type.Row?.Columns ?? [])
        {
            NoteOrAny(kind, column.Type, at);
        }
    }

    /// <summary>Where one of several types cannot be told, any other may become it, or it any other.</summary>
    private void NoteCastsAmong(IReadOnlyList<StaticType> branches, SqlNode at)
    {
        HashSet<uint> known = [.. branches.Where(branch => !branch.IsAny).Select(branch => Catalog.BaseOf(branch.Oid))];
        foreach (DatabaseCast cast in Catalog.UserCasts.Where(cast => cast.Context == Coercions.Implicit && (known.Contains(cast.Source) || known.Contains(cast.Target))))
        {
            Findings.Add(ObjectKind.Cast, cast.Oid, at.Location);
        }
    }

    /// <summary>Ends the reading: where values of a type that could not be told may be made, they can be of any type that was read.</summary>
    public void Finish()
    {
        foreach ((ObjectKind kind, SqlNode at) in ReadsSamples ? sampled : [])
        {
            Findings.Add(kind, SystemTypes.AnyArray, at.Location);
        }

        uint[] relations = Findings.Unknown.Count > 0 ? [.. Findings.Objects.Where(pair => pair.Key.Kind == ObjectKind.Relation).Select(pair => pair.Key.Oid)] : [];
        foreach (uint relation in relations)
        {
            foreach (ObjectKind kind in Findings.Unknown)
            {
                Findings.Add(kind, Catalog.Relations.GetValueOrDefault(relation)?.RowType ?? 0, null);
            }
        }
    }

    /// <summary>Of a type that cannot be told, any cast of the application into the target may be the one; of a row, into any of its columns.</summary>
    private void NoteCastsInto(uint target, char context, SqlNode at, int depth)
    {
        uint under = Catalog.BaseOf(target);
        foreach (DatabaseCast cast in Catalog.UserCasts.Where(cast => Coercions.Allows(context, cast) && (cast.Target == under || cast.Target == Catalog.ElementOf(under))))
        {
            Findings.Add(ObjectKind.Cast, cast.Oid, at.Location);
        }

        foreach (DatabaseColumn column in depth < 8 ? Catalog.ColumnsOf(target) ?? [] : [])
        {
            NoteCastsInto(column.Type, context, at, depth + 1);
        }
    }
}
