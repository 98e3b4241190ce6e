namespace SafeConsole.Policies.Catalogs;

/// <summary>
/// One query that the catalog is made from. Every column is text or null; a query whose text contains `$1` takes the role's name, whose rights decide
/// which schemas it may search.
/// </summary>
public sealed record CatalogQuery(string Name, string Sql);
