using System.Text;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Procedures;

/// <summary>A text as the server's own lexer splits it, without comments. PL/pgSQL is read from these tokens, so both split it alike.</summary>
internal sealed class TokenText
{
    private readonly byte[] bytes;
    private readonly List<(int Start, int End)> tokens;

    private TokenText(byte[] bytes, List<(int Start, int End)> tokens)
    {
        this.bytes = bytes;
        this.tokens = tokens;
        Words = [.. tokens.Select(token => Slice(token.Start, token.End))];
    }

    /// <summary>The tokens' text.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Splits a text; null where the lexer refuses it.</summary>
    public static TokenText? Read(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal) || text.Length > SqlLimits.TextBytes)
        {
            return null;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text + "\0");
        if (LibPgQuery.Instance.Scan(bytes) is not { } message)
        {
            return null;
        }

        List<(int Start, int End)> tokens = [];
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields is { Number: 2, IsBytes: true })
            {
                Add(bytes, message.AsSpan(fields.Start, fields.Length), tokens);
            }
        }

        return new TokenText(bytes, tokens);
    }

    /// <summary>The text from one token to before another.</summary>
    public string Between(int from, int to) => from >= to ? "" : Slice(tokens[from].Start, tokens[to - 1].End);

    private static void Add(byte[] bytes, ReadOnlySpan<byte> message, List<(int Start, int End)> tokens)
    {
        int start = 0, end = 0;
        var fields = new ProtobufFields(message.ToArray());
        while (fields.Next())
        {
            start = fields.Number == 1 ? (int)fields.Value : start;
            end = fields.Number == 2 ? (int)fields.Value : end;
        }

        bool comment = end - start >= 2 && ((bytes[start] == '-' && bytes[start + 1] == '-') || (bytes[start] == '/' && bytes[start + 1] == '*'));
        if (!comment && end > start && end < bytes.Length)
        {
            tokens.Add((start, end));
        }
    }

    private string Slice(int start, int end) => Encoding.UTF8.GetString(bytes.AsSpan(start, end - start));
}
