using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Harms;

/// <summary>
/// Finds whether using an object reaches anything harmful: what it uses, what that uses, and so on through the whole graph, cycles included. An object is harmless when
/// everything reachable from it is. Where names may have meant something else earlier in the open transaction more is harmful. Answers are kept. Safe for any number of threads.
/// </summary>
internal sealed class HarmGraph(DatabaseCatalog catalog, TargetPolicy policy, bool pathsChanged)
{
    // More would need a database with hundreds of thousands of objects; the oldest answers are then found again.
    private const int MostAnswers = 200_000;

    private readonly ConcurrentDictionary<DatabaseObject, Harm?> answers = new();
    private readonly ObjectUses uses = new(catalog, policy, pathsChanged);

    /// <summary>Why the object may not be used; null if it is harmless.</summary>
    public Harm? Find(DatabaseObject start)
    {
        if (answers.TryGetValue(start, out Harm? known))
        {
            return known;
        }

        if (answers.Count > MostAnswers)
        {
            answers.Clear();
        }

        HashSet<DatabaseObject> seen = [];
        Harm? harm = Search(start, seen);
        if (harm is null)
        {
            // Everything reachable from what was seen was seen as well.
            foreach (DatabaseObject harmless in seen)
            {
                answers[harmless] = null;
            }
        }

        return harm;
    }

    private Harm? Search(DatabaseObject start, HashSet<DatabaseObject> seen)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (answers.TryGetValue(start, out Harm? known))
        {
            return known;
        }

        if (!seen.Add(start))
        {
            return null;
        }

        Uses direct = uses.Of(start);
        Harm? harm = direct.Harm;
        foreach (DatabaseObject used in harm is null ? direct.Objects : [])
        {
            harm = Search(used, seen);
            if (harm is not null)
            {
                break;
            }
        }

        if (harm is not null)
        {
            // Harm is certain wherever it is found; harmlessness only once the whole search is through.
            harm = harm.Behind(uses.NameOf(start));
            answers[start] = harm;
        }

        return harm;
    }
}
