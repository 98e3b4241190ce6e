using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace SafeConsole.Policies.Catalogs.Trees;

/// <summary>Reads pg_node_tree text (nodes/outfuncs.c, tokens as in nodes/read.c). What does not follow its form is no tree.</summary>
internal sealed class StoredTreeReader
{
    private const int Deepest = 1000;
    private readonly string text;
    private int place;

    private StoredTreeReader(string text) => this.text = text;

    /// <summary>The tree; null for text that is none, or nested deeper than 1,000 levels.</summary>
    public static StoredNode? Read(string text)
    {
        var reader = new StoredTreeReader(text);
        StoredNode? tree = reader.Value(0);
        return tree is not null && reader.Next() is null ? tree : null;
    }

    private StoredNode? Value(int depth)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        string? token = Next();
        return depth > Deepest ? null : token switch
        {
            null or ")" or "}" => null,
            "{" => Node(depth),
            "(" => List(depth),
            _ => new StoredNode { Word = token },
        };
    }

    private StoredNode? Node(int depth)
    {
        if (Next() is not { } label || label[0] is ':' or '(' or ')' or '{' or '}')
        {
            return null;
        }

        var node = new StoredNode { Label = label };
        string? token = Next();
        while (token is not (null or "}"))
        {
            if (token[0] != ':')
            {
                return null;
            }

            string name = token[1..];
            if (ValueOf(name, depth) is not { } value)
            {
                return null;
            }

            node.Fields.Add((name, value.Items is [var only] ? only : value));
            token = Next();
        }

        return token is null ? null : node;
    }

    /// <summary>What stands up to the next field's name.</summary>
    private StoredNode? ValueOf(string name, int depth)
    {
        var value = new StoredNode();
        while (Peek() is { } next && next != "}" && !(next[0] == ':' && next.Length > 1))
        {
            // Only a constant's bytes stand in brackets; anywhere else they are somebody's name.
            if (name == "constvalue" && next == "[")
            {
                value.Items.Add(new StoredNode { Bytes = ReadBytes() });
            }
            else if (Value(depth + 1) is { } part)
            {
                value.Items.Add(part);
            }
            else
            {
                return null;
            }
        }

        return value;
    }

    /// <summary>Bytes are written as signed numbers.</summary>
    private byte[] ReadBytes()
    {
        List<byte> bytes = [];
        _ = Next(); // the bracket
        while (Next() is { } word && word != "]")
        {
            bytes.Add(int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? unchecked((byte)number) : (byte)0);
        }

        return [.. bytes];
    }

    private StoredNode? List(int depth)
    {
        var list = new StoredNode();
        while (Peek() is { } next)
        {
            if (next == ")")
            {
                _ = Next();
                return list;
            }

            if (Value(depth + 1) is not { } item)
            {
                return null;
            }

            list.Items.Add(item);
        }

        return null;
    }

    private string? Peek()
    {
        int before = place;
        string? token = Next();
        place = before;
        return token;
    }

    private string? Next()
    {
        while (place < text.Length && text[place] is ' ' or '\n' or '\t')
        {
            place++;
        }

        if (place >= text.Length)
        {
            return null;
        }

        if (text[place] is '(' or ')' or '{' or '}')
        {
            return text[place++].ToString();
        }

        // A backslash takes the next character as it is; an escaped word can be no bracket and no field name.
        var word = new StringBuilder();
        bool escaped = false;
        while (place < text.Length && text[place] is not (' ' or '\n' or '\t' or '(' or ')' or '{' or '}'))
        {
            if (text[place] == '\\' && place + 1 < text.Length)
            {
                escaped = escaped || word.Length == 0;
                place++;
            }

            word.Append(text[place++]);
        }

        return escaped ? "\\" + word : word.ToString();
    }
}
