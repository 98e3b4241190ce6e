using System.Text;
using System.Text.Json;

namespace SafeConsole.Policies.Sql;

/// <summary>A text together with its parse tree. Locations in the tree are byte offsets into <see cref="Utf8"/>.</summary>
internal sealed class PostgresText(string sql, byte[] utf8, JsonDocument tree) : IDisposable
{
    /// <summary>The text as submitted.</summary>
    public string Sql { get; } = sql;

    /// <summary>The text's bytes, without a closing zero.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>The statements in order; each is a RawStmt.</summary>
    public IEnumerable<SqlNode> Statements
    {
        get
        {
            foreach (JsonElement statement in tree.RootElement.GetProperty("stmts").EnumerateArray())
            {
                yield return new SqlNode("RawStmt", statement);
            }
        }
    }

    /// <summary>The character, counted from 1, at a byte offset; null for an offset outside the text.</summary>
    public int? Character(int? byteOffset)
    {
        if (byteOffset is not { } offset || offset < 0 || offset > Utf8.Length)
        {
            return null;
        }

        // PostgreSQL counts code points, so a pair of UTF-16 surrogates is one character.
        int characters = 0;
        foreach (byte unit in Utf8.Span[..offset])
        {
            characters += (unit & 0xC0) == 0x80 ? 0 : 1;
        }

        return characters + 1;
    }

    /// <summary>A stretch of the text by byte offsets.</summary>
    public string Slice(int start, int length) => Encoding.UTF8.GetString(Utf8.Span.Slice(start, length));

    /// <inheritdoc/>
    public void Dispose() => tree.Dispose();
}
