using System.Collections.Concurrent;

namespace SafeConsole.Policies;

/// <summary>
/// Judgements by policy, text and the session's names, for any number of threads. Bounded by characters: when the young half is full it becomes the old half, and the old half is
/// dropped. A target's policy is immutable, so a reloaded one never meets the verdicts of its predecessor.
/// </summary>
internal sealed class VerdictCache
{
    private const int LongestText = 8 * 1024;
    private const long CharactersPerHalf = 4 * 1024 * 1024;

    // An entry costs memory beside its text; counted as if it were this many characters.
    private const int EntryCost = 256;

    private readonly Lock turning = new();
    private ConcurrentDictionary<VerdictKey, Judgement> young = new();
    private ConcurrentDictionary<VerdictKey, Judgement> old = new();
    private long used;

    /// <summary>The judgement, if the very text was judged under the very policy lately.</summary>
    public Judgement? Find(VerdictKey key)
    {
        if (young.TryGetValue(key, out Judgement? judgement))
        {
            return judgement;
        }

        if (old.TryGetValue(key, out judgement))
        {
            Add(key, judgement);
        }

        return judgement;
    }

    /// <summary>Keeps a judgement; long texts are not kept.</summary>
    public void Add(VerdictKey key, Judgement judgement)
    {
        if (key.Length > LongestText || !young.TryAdd(key, judgement) || Interlocked.Add(ref used, key.Length + EntryCost) < CharactersPerHalf)
        {
            return;
        }

        lock (turning)
        {
            if (Interlocked.Read(ref used) >= CharactersPerHalf)
            {
                old = young;
                young = new ConcurrentDictionary<VerdictKey, Judgement>();
                Interlocked.Exchange(ref used, 0);
            }
        }
    }
}
