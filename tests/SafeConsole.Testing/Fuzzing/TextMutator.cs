using System.Text.RegularExpressions;

namespace SafeConsole.Testing.Fuzzing;

/// <summary>Changes text by its words, literals and signs, so that much of what comes out still parses; and sometimes by single characters, so that some does not.</summary>
public sealed partial class TextMutator(IReadOnlyList<string> splices)
{
    private const int Longest = 8 * 1024;

    /// <summary>A text of the corpus, changed one to five times.</summary>
    public string Mutate(Random random, IReadOnlyList<string> corpus)
    {
        List<string> tokens = Split(corpus[random.Next(corpus.Count)]);
        for (int changes = random.Next(2) == 0 ? 1 : random.Next(1, 6); changes > 0; changes--)
        {
            Change(random, tokens, corpus);
        }

        string text = string.Concat(tokens);
        return text.Length > Longest ? text[..Longest] : text;
    }

    private void Change(Random random, List<string> tokens, IReadOnlyList<string> corpus)
    {
        int at = random.Next(tokens.Count + 1);
        int count = Math.Min(tokens.Count - at, random.Next(1, 9));
        List<string> other = Split(corpus[random.Next(corpus.Count)]);
        int from = random.Next(other.Count + 1);
        List<string> piece = other.GetRange(from, Math.Min(other.Count - from, random.Next(1, 13)));
        switch (random.Next(10))
        {
            case 0 or 1 when at < tokens.Count && piece.Count > 0:
                tokens[at] = piece[0];
                break;
            case 2:
                tokens.InsertRange(at, piece);
                break;
            case 3:
                tokens.RemoveRange(at, count);
                break;
            case 4:
                tokens.InsertRange(random.Next(tokens.Count + 1), tokens.GetRange(at, count));
                break;
            case 5:
                tokens.Insert(at + count, ")");
                tokens.Insert(at, "(");
                break;
            case 6:
                tokens.RemoveRange(at, tokens.Count - at);
                tokens.AddRange(other.GetRange(from, other.Count - from));
                break;
            case 7 when tokens.Count * count < 4_000:
                tokens.InsertRange(at, Enumerable.Repeat(tokens.GetRange(at, count), random.Next(2, 60)).SelectMany(part => part));
                break;
            case 8 when at < tokens.Count && tokens[at].Length > 0:
                tokens[at] = Disturb(random, tokens[at]);
                break;
            default:
                tokens.Insert(at, splices[random.Next(splices.Count)]);
                break;
        }
    }

    private static string Disturb(Random random, string token)
    {
        int place = random.Next(token.Length);
        return random.Next(2) == 0 ? token.Remove(place, 1) : token.Insert(place, ((char)random.Next(1, 0x250)).ToString());
    }

    private static List<string> Split(string text) => [.. Tokens().Matches(text.Length > Longest ? text[..Longest] : text).Select(match => match.Value)];

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{N}_$]*|\p{N}+(\.\p{N}+)?|'[^']*'|""[^""]*""|[ \t]+|[^\p{L}\p{N}]", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();
}
