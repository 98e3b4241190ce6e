using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Harms;

/// <summary>Something that is used, and the search path under which the bodies of functions that it reaches find their names.</summary>
internal readonly record struct DatabaseObject(ObjectKind Kind, uint Oid, SearchPath Path);
