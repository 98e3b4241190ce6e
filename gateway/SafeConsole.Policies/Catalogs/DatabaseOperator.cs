using System.Collections.Immutable;

namespace SafeConsole.Policies.Catalogs;

/// <summary>A row of pg_operator; Left is 0 for a prefix operator.</summary>
internal sealed record DatabaseOperator(uint Oid, string Name, uint Schema, uint Left, uint Right, uint Result, uint Function)
{
    /// <summary>The operators that the planner may put in its place: commutator and negator.</summary>
    public required ImmutableArray<uint> Substitutes { get; init; }

    /// <summary>The planner's estimators.</summary>
    public required ImmutableArray<uint> Estimators { get; init; }

    /// <summary>Whether it came with PostgreSQL.</summary>
    public bool IsSystem => Oid < DatabaseCatalog.FirstUserOid;
}
