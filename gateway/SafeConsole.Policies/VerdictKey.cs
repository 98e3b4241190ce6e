using System.Runtime.CompilerServices;
using SafeConsole.Policies.Names;

namespace SafeConsole.Policies;

/// <summary>
/// What a verdict depends on: policy (compared by reference: it never changes), catalog, text, where the session stands in its transaction, and the types of parameters.
/// </summary>
internal readonly struct VerdictKey(TargetPolicy policy, string sql, NamesInForce? names, IReadOnlyList<uint>? parameterTypes) : IEquatable<VerdictKey>
{
    private readonly TargetPolicy policy = policy;
    private readonly string sql = sql;
    private readonly long catalog = names?.Catalog.Identity ?? 0;
    private readonly TransactionPaths? paths = names?.Paths;
    private readonly string? types = parameterTypes is { Count: > 0 } ? string.Join(' ', parameterTypes) : parameterTypes is null ? null : "";

    /// <summary>How many characters it keeps alive.</summary>
    public int Length => sql.Length + (paths?.Length ?? 0) + (types?.Length ?? 0);

    public bool Equals(VerdictKey other) => ReferenceEquals(policy, other.policy) && catalog == other.catalog
        && string.Equals(sql, other.sql, StringComparison.Ordinal) && paths == other.paths && string.Equals(types, other.types, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is VerdictKey other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(policy), sql.GetHashCode(StringComparison.Ordinal));
}
