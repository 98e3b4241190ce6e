using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Procedures;

/// <summary>A place in a PL/pgSQL body. Every method that does not find what it needs throws <see cref="ProcedureSyntaxException"/>.</summary>
internal sealed class ProcedureTokens(TokenText text)
{
    /// <summary>The place, as a number of tokens.</summary>
    public int Place { get; private set; }

    /// <summary>Whether all tokens are read.</summary>
    public bool AtEnd => Place >= text.Words.Count;

    /// <summary>The next token as a keyword would be: lower case unless it is quoted; empty at the end.</summary>
    public string Next => At(0);

    /// <summary>A token further on.</summary>
    public string At(int ahead) => Place + ahead < text.Words.Count ? Folded(text.Words[Place + ahead]) : "";

    /// <summary>Goes past the next token if it is one of these words.</summary>
    public bool Skip(params string[] words)
    {
        bool found = Array.IndexOf(words, Next) >= 0;
        Place += found ? 1 : 0;
        return found;
    }

    /// <summary>Goes past a token that must be there.</summary>
    public void Expect(string word)
    {
        if (!Skip(word))
        {
            throw new ProcedureSyntaxException($"{word} is missing before {(AtEnd ? "the end" : Next)}");
        }
    }

    /// <summary>A name, unquoted or quoted.</summary>
    public string Name()
    {
        if (AtEnd || !IsName(text.Words[Place]))
        {
            throw new ProcedureSyntaxException($"{(AtEnd ? "the end" : Next)} stands where a name belongs");
        }

        return Named(text.Words[Place++]);
    }

    /// <summary>A name with dots.</summary>
    public string DottedName() => string.Join('.', NameParts());

    /// <summary>The parts of a name with dots.</summary>
    public IReadOnlyList<string> NameParts()
    {
        List<string> parts = [Name()];
        while (Skip("."))
        {
            parts.Add(Name());
        }

        return parts;
    }

    /// <summary>Whether the next token is a name or keyword.</summary>
    public bool IsAtName => !AtEnd && IsName(text.Words[Place]);

    /// <summary>Whether a parameter by its number comes next: $1.</summary>
    public bool IsAtParameter => !AtEnd && text.Words[Place] is ['$', >= '1' and <= '9', ..];

    /// <summary>A parameter by its number, as it is written.</summary>
    public string Parameter() => text.Words[Place++];

    /// <summary>The text up to the first of some words outside of brackets; the word is left to be read. Not empty unless it may be.</summary>
    public string Until(bool mayBeEmpty, params string[] ends)
    {
        int start = Place;
        int depth = 0;
        while (!AtEnd && (depth > 0 || Array.IndexOf(ends, Next) < 0))
        {
            depth += Next is "(" or "[" ? 1 : Next is ")" or "]" ? -1 : 0;
            if (depth < 0 || (Next == ";" && depth == 0))
            {
                break;
            }

            Place++;
        }

        if (Array.IndexOf(ends, Next) < 0 || (!mayBeEmpty && start == Place))
        {
            throw new ProcedureSyntaxException($"one of {string.Join(' ', ends)} is missing before {(AtEnd ? "the end" : Next)}");
        }

        return text.Between(start, Place);
    }

    /// <summary>The text between two places.</summary>
    public string Between(int from, int to) => text.Between(from, to);

    /// <summary>Goes past so many tokens.</summary>
    public void Advance(int count) => Place += count;

    private static bool IsName(string word) => word[0] == '"' || char.IsLetter(word[0]) || word[0] == '_' || word[0] > 127 ? !IsLiteral(word) : false;

    /// <summary>E'…', B'…', X'…', N'…' and U&amp;"…" begin with a letter as well.</summary>
    private static bool IsLiteral(string word) => word[^1] == '\'' || (word.Length > 2 && word[1] == '&');

    private static string Named(string word) => SearchPathText.Cut(word[0] == '"' ? word[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : Folded(word));

    private static string Folded(string word) => word[0] is '"' or '\'' or '$' ? word : string.Create(word.Length, word, (letters, from) =>
    {
        for (int place = 0; place < from.Length; place++)
        {
            letters[place] = char.IsAsciiLetterUpper(from[place]) ? (char)(from[place] | 0x20) : from[place];
        }
    });
}
