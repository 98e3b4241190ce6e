using System.Text;

namespace SafeConsole.Policies.Names;

/// <summary>The text of search_path: names with commas between them, folded to lower case unless in double quotes, cut at 63 bytes (SplitIdentifierString in utils/adt/varlena.c).</summary>
internal static class SearchPathText
{
    private const int LongestName = 63;

    /// <summary>The names; null where the text is not such a list.</summary>
    public static IReadOnlyList<string>? Split(string text)
    {
        List<string> names = [];
        int place = Skip(text, 0);
        if (place == text.Length)
        {
            return names;
        }

        while (true)
        {
            var name = new StringBuilder();
            place = text[place] == '"' ? Quoted(text, place, name) : Bare(text, place, name);
            if (place < 0)
            {
                return null;
            }

            names.Add(Cut(name.ToString()));
            place = Skip(text, place);
            if (place == text.Length)
            {
                return names;
            }

            place = text[place] == ',' ? Skip(text, place + 1) : -1;
            if (place < 0 || place == text.Length)
            {
                return null;
            }
        }
    }

    /// <summary>The list of names as one text, each in quotes.</summary>
    public static string Join(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    private static int Quoted(string text, int place, StringBuilder name)
    {
        for (place++; place < text.Length; place++)
        {
            if (text[place] != '"')
            {
                name.Append(text[place]);
            }
            else if (place + 1 < text.Length && text[place + 1] == '"')
            {
                name.Append('"');
                place++;
            }
            else
            {
                return place + 1;
            }
        }

        return -1;
    }

    private static int Bare(string text, int place, StringBuilder name)
    {
        int start = place;
        while (place < text.Length && text[place] != ',' && !IsSpace(text[place]))
        {
            char letter = text[place++];
            name.Append(char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter);
        }

        return place == start ? -1 : place;
    }

    /// <summary>A name as the server cuts it off.</summary>
    public static string Cut(string name)
    {
        // No letter takes less than a byte.
        name = name.Length > LongestName ? name[..LongestName] : name;
        while (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            // A character outside of the basic plane is two here and goes as a whole.
            name = name[..^(char.IsLowSurrogate(name[^1]) && name.Length > 1 ? 2 : 1)];
        }

        return name;
    }

    private static int Skip(string text, int place)
    {
        while (place < text.Length && IsSpace(text[place]))
        {
            place++;
        }

        return place;
    }

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';
}
