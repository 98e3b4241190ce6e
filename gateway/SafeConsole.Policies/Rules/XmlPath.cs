using System.Collections.Frozen;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// Which XPaths end soon by themselves: PostgreSQL hands them to libxml2, which looks at no timeout and no cancel. A constant text passes that looks at each node of the
/// document about once: steps to children and attributes, `//` at most once in a path, and predicates that ask for a place, or for what stands below, compared with a literal or given to
/// one of a few functions. No unions, variables and other axes, no path from the root or with `//` in a predicate, no comparison of two paths: each of these can take as long as the
/// square of the document's size.
/// </summary>
internal ref struct XmlPath
{
    // More is not written by hand.
    private const int MostLength = 1000;

    // Each condition is asked of each node, and may copy all text below it: in a deep document each can take seconds.
    private const int MostAsked = 5;

    private static readonly FrozenSet<string> Whole = "boolean concat count local-name name normalize-space not number string string-length sum".Split(' ').ToFrozenSet();
    private static readonly FrozenSet<string> OfNode = "count local-name name normalize-space number string string-length sum".Split(' ').ToFrozenSet();
    private static readonly FrozenSet<string> Tests = new[] { "contains", "starts-with" }.ToFrozenSet();
    private static readonly FrozenSet<string> Places = new[] { "last", "position" }.ToFrozenSet();
    private static readonly FrozenSet<string> Negations = new[] { "not" }.ToFrozenSet();
    private static readonly FrozenSet<string> NodeTypes = new[] { "comment", "node", "text" }.ToFrozenSet();
    private static readonly string[] Comparisons = ["!=", "<=", ">=", "=", "<", ">"];

    private readonly string text;
    private int place;
    private int asked;

    private XmlPath(string text)
    {
        this.text = text;
    }

    /// <summary>Whether the expression is the text of such a path.</summary>
    public static bool IsPlain(SqlNode? expression) => expression is { } node && SqlConstant.Read(node) is { } path && IsPlain(path);

    /// <summary>Whether the text is such a path.</summary>
    public static bool IsPlain(string path)
    {
        var reader = new XmlPath(path);
        return path.Length <= MostLength && reader.Expression() && reader.Here == '\0' && reader.place == path.Length;
    }

    /// <summary>The next character that is no blank; NUL at the end.</summary>
    private char Here
    {
        get
        {
            while (place < text.Length && text[place] is ' ' or '\t' or '\r' or '\n')
            {
                place++;
            }

            return place < text.Length ? text[place] : '\0';
        }
    }

    /// <summary>A path or a call of a function of paths and literals, perhaps compared with a literal.</summary>
    private bool Expression()
    {
        if (!Call(Whole))
        {
            return Path(within: false) && (!Comparison() || Literal());
        }

        do
        {
            if (!Literal() && (++asked > MostAsked || !Path(within: false)))
            {
                return false;
            }
        }
        while (Skip(","));
        return Skip(")") && (!Comparison() || Literal());
    }

    /// <summary>Steps with `//` at most once; in a predicate never, and not from the root.</summary>
    private bool Path(bool within)
    {
        int deep = Skip("//") ? 1 : 0;
        bool rooted = deep > 0 || Skip("/");
        while (!(within && rooted) && Step())
        {
            if (Skip("//"))
            {
                deep++;
            }
            else if (!Skip("/"))
            {
                return deep <= (within ? 0 : 1);
            }
        }

        return false;
    }

    private bool Step()
    {
        if (Skip(".."))
        {
            return false;
        }

        if (Skip("."))
        {
            return true;
        }

        bool attribute = Skip("@");
        if (!Skip("*") && !(Name() is { } name && (!Skip("(") || !attribute && NodeTypes.Contains(name) && Skip(")"))))
        {
            return false;
        }

        while (Skip("["))
        {
            if (!Conditions() || !Skip("]"))
            {
                return false;
            }
        }

        return true;
    }

    private bool Conditions()
    {
        do
        {
            if (!Condition())
            {
                return false;
            }
        }
        while (Word("and") || Word("or"));
        return true;
    }

    private bool Condition()
    {
        if (++asked > MostAsked)
        {
            return false;
        }

        if (Call(Negations))
        {
            return Conditions() && Skip(")");
        }

        if (Call(Tests))
        {
            return Operand() && Skip(",") && Literal() && Skip(")");
        }

        return Number() || (Operand() && (!Comparison() || Literal() || Place()));
    }

    /// <summary>What is compared: the place among the others, what stands below, or a function of it.</summary>
    private bool Operand()
    {
        if (!Call(OfNode))
        {
            return Place() || Path(within: true);
        }

        return Skip(")") || (Path(within: true) && Skip(")"));
    }

    private bool Place() => Call(Places) && Skip(")") && (!Skip("-") || Number());

    private bool Comparison()
    {
        foreach (string comparison in Comparisons)
        {
            if (Skip(comparison))
            {
                return true;
            }
        }

        return false;
    }

    private bool Literal()
    {
        if (Here is not ('"' or '\''))
        {
            return Number();
        }

        int end = text.IndexOf(text[place], place + 1);
        place = end < 0 ? place : end + 1;
        return end >= 0;
    }

    private bool Number()
    {
        if (!char.IsAsciiDigit(Here))
        {
            return false;
        }

        while (place < text.Length && (char.IsAsciiDigit(text[place]) || text[place] == '.'))
        {
            place++;
        }

        return true;
    }

    /// <summary>A function of the set with its opening parenthesis; nothing is read otherwise.</summary>
    private bool Call(FrozenSet<string> functions)
    {
        int start = place;
        if (Name() is { } name && functions.Contains(name) && Skip("("))
        {
            return true;
        }

        place = start;
        return false;
    }

    private bool Word(string word)
    {
        int start = place;
        if (Name() == word)
        {
            return true;
        }

        place = start;
        return false;
    }

    /// <summary>A name, perhaps behind a prefix; null where there is none, or where an axis is named.</summary>
    private string? Name()
    {
        if (Here == '\0')
        {
            return null;
        }

        int start = place;
        if (!NameOnly())
        {
            return null;
        }

        if (place < text.Length && text[place] == ':')
        {
            place++;
            if (place < text.Length && text[place] == '*')
            {
                place++;
            }
            else if (!NameOnly())
            {
                return null;
            }
        }

        return text[start..place];
    }

    private bool NameOnly()
    {
        if (place >= text.Length || !(char.IsLetter(text[place]) || text[place] == '_'))
        {
            return false;
        }

        while (place < text.Length && (char.IsLetterOrDigit(text[place]) || text[place] is '_' or '-' or '.'))
        {
            place++;
        }

        return true;
    }

    private bool Skip(string symbol)
    {
        if (Here == '\0' || string.CompareOrdinal(text, place, symbol, 0, symbol.Length) != 0)
        {
            return false;
        }

        place += symbol.Length;
        return true;
    }
}
