namespace SafeConsole.Policies.Catalogs;

/// <summary>A schema. One without USAGE is passed over in a search path.</summary>
internal sealed record DatabaseSchema(uint Oid, string Name, bool Usable);
