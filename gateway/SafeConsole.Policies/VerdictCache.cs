using System.Collections.Concurrent;

namespace SafeConsole.Policies;

/// <summary>
/// Judgements by policy and text, for any number of threads. Bounded by characters: when the young half is full it becomes the old half, and the old half is
/// dropped. A target's policy is immutable, so a reloaded one never meets the verdicts of its predecessor.
/// </summary>
internal sealed class VerdictCache
{
    private const int LongestText = 8 * 1024;
    private const long CharactersPerHalf = 4 * 1024 * 1024;

    // An entry costs memory beside its text; counted as if it were this many characters.
    private const int EntryCost = 256;

    private readonly Lock turning = new();
    private ConcurrentDictionary<Key, Judgement> young = new();
    private ConcurrentDictionary<Key, Judgement> old = new();
    private long used;

    /// <summary>The judgement, if the very text was judged under the very policy lately.</summary>
    public Judgement? Find(TargetPolicy policy, string sql)
    {
        var key = new Key(policy, sql);
        if (young.TryGetValue(key, out Judgement? judgement))
        {
            return judgement;
        }

        if (old.TryGetValue(key, out judgement))
        {
            Add(policy, sql, judgement);
        }

        return judgement;
    }

    /// <summary>Keeps a judgement; long texts are not kept.</summary>
    public void Add(TargetPolicy policy, string sql, Judgement judgement)
    {
        if (sql.Length > LongestText || !young.TryAdd(new Key(policy, sql), judgement) || Interlocked.Add(ref used, sql.Length + EntryCost) < CharactersPerHalf)
        {
            return;
        }

        lock (turning)
        {
            if (Interlocked.Read(ref used) >= CharactersPerHalf)
            {
                old = young;
                young = new ConcurrentDictionary<Key, Judgement>();
                Interlocked.Exchange(ref used, 0);
            }
        }
    }

    /// <summary>Policies are compared by reference: a snapshot's are never changed.</summary>
    private readonly struct Key(TargetPolicy policy, string sql) : IEquatable<Key>
    {
        private readonly TargetPolicy policy = policy;
        private readonly string sql = sql;

        public bool Equals(Key other) => ReferenceEquals(policy, other.policy) && string.Equals(sql, other.sql, StringComparison.Ordinal);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(policy), sql.GetHashCode(StringComparison.Ordinal));
    }
}
