namespace SafeConsole.Policies.Loading;

/// <summary>Guesses which known word was meant.</summary>
internal static class Suggestion
{
    private const int FarthestDistance = 3;

    /// <summary>`; did you mean …?` for the nearest of the words, or nothing if none is near.</summary>
    public static string For(string given, IEnumerable<string> words)
    {
        string? near = words
            .Select(word => (word, distance: Distance(Plain(given), Plain(word))))
            .Where(pair => pair.distance <= Math.Min(FarthestDistance, Math.Max(1, pair.word.Length / 2)))
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.word)
            .FirstOrDefault();
        return near is null ? "" : $"; did you mean `{near}`?";
    }

    // statement_timeout, StatementTimeout and statement-timeout are the same word.
    private static string Plain(string word) => word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
