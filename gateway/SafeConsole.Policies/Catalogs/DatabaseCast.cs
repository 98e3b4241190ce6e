namespace SafeConsole.Policies.Catalogs;

/// <summary>A row of pg_cast. Context is i implicit, a assignment, e explicit; Method f function, i by text, b binary.</summary>
internal sealed record DatabaseCast(uint Oid, uint Source, uint Target, uint Function, char Context, char Method)
{
    /// <summary>Whether it came with PostgreSQL.</summary>
    public bool IsSystem => Oid < DatabaseCatalog.FirstUserOid;
}
