namespace SafeConsole.Policies.Catalogs;

/// <summary>A row of pg_class with what reading it can run, as stored trees. Kind is relkind. Filled while the catalog is built, never after.</summary>
internal sealed record DatabaseRelation(uint Oid, string Name, uint Schema, char Kind, uint RowType, bool RowSecurity)
{
    /// <summary>The composite type that it was made of (CREATE TABLE … OF); 0 for none.</summary>
    public uint OfType { get; init; }

    /// <summary>The columns in order.</summary>
    public List<DatabaseColumn> Columns { get; } = [];

    /// <summary>Partitions and inheriting tables.</summary>
    public List<uint> Children { get; } = [];

    /// <summary>What its ON SELECT rule runs: a view's query.</summary>
    public List<string> ViewTrees { get; } = [];

    /// <summary>Whether it has rules for writes.</summary>
    public bool HasWriteRules { get; set; }

    /// <summary>The conditions of its row policies for SELECT.</summary>
    public List<string> ReadPolicies { get; } = [];

    /// <summary>The conditions of all its row policies.</summary>
    public List<string> AllPolicies { get; } = [];

    /// <summary>Expressions that the planner simplifies, and so partly runs: of indexes, statistics, partition keys and checks.</summary>
    public List<string> PlannedTrees { get; } = [];

    /// <summary>Handlers of its access methods, and functions in the operator classes of its indexes and of its partition key, but for PostgreSQL's own classes: what was added to their families runs by operators of its own.</summary>
    public List<uint> ClassFunctions { get; } = [];

    /// <summary>Expressions of columns that are computed on read.</summary>
    public List<string> ComputedTrees { get; } = [];

    /// <summary>Defaults of columns, which a planned INSERT or UPDATE has simplified.</summary>
    public List<string> DefaultTrees { get; } = [];

    /// <summary>Whether it came with PostgreSQL.</summary>
    public bool IsSystem => Oid < DatabaseCatalog.FirstUserOid;
}
