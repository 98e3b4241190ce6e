using System.Runtime.CompilerServices;

namespace SafeConsole.Policies;

/// <summary>
/// What a verdict depends on: policy (compared by reference: it never changes), catalog, text, the paths that names are looked for in, and the types of parameters.
/// </summary>
internal readonly struct VerdictKey(TargetPolicy policy, string sql, SessionNames? session, IReadOnlyList<uint>? parameterTypes) : IEquatable<VerdictKey>
{
    private readonly TargetPolicy policy = policy;
    private readonly string sql = sql;
    private readonly long catalog = session?.Catalog.Identity ?? 0;
    private readonly string? paths = session?.PathKey;
    private readonly string? standard = session?.DefaultPath;
    private readonly string? types = parameterTypes is { Count: > 0 } ? string.Join(' ', parameterTypes) : parameterTypes is null ? null : "";

    /// <summary>How many characters it keeps alive.</summary>
    public int Length => sql.Length + (paths?.Length ?? 0) + (types?.Length ?? 0);

    public bool Equals(VerdictKey other) => ReferenceEquals(policy, other.policy) && catalog == other.catalog
        && string.Equals(sql, other.sql, StringComparison.Ordinal) && string.Equals(paths, other.paths, StringComparison.Ordinal)
        && string.Equals(standard, other.standard, StringComparison.Ordinal) && string.Equals(types, other.types, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is VerdictKey other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(policy), sql.GetHashCode(StringComparison.Ordinal));
}
