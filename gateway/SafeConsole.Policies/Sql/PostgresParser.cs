using System.Text;
using System.Text.Json;
using SafeConsole.Policies.Loading;

namespace SafeConsole.Policies.Sql;

/// <summary>Turns text into PostgreSQL's own parse tree, or says why there is none. Never throws for hostile text.</summary>
internal static class PostgresParser
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = SqlLimits.TreeDepth };

    /// <summary>Parses the text. Exactly one of the two results is set; the text is the caller's to dispose.</summary>
    public static (PostgresText? Text, SqlFault? Fault) Parse(string sql, int longest = SqlLimits.TextBytes)
    {
        if (sql.Length > longest)
        {
            return (null, TooLong(longest));
        }

        if (sql.Contains('\0', StringComparison.Ordinal))
        {
            return (null, new SqlFault("sql.null-byte", "The text contains a zero byte, at which PostgreSQL would stop reading.", "42601", null));
        }

        byte[] bytes;
        try
        {
            bytes = Strict.GetBytes(sql + "\0");
        }
        catch (EncoderFallbackException)
        {
            return (null, new SqlFault("sql.encoding", "The text is not valid Unicode.", "22021", null));
        }

        return bytes.Length - 1 > longest ? (null, TooLong(longest)) : Parse(sql, bytes);
    }

    private static SqlFault TooLong(int longest) => new("sql.too-long", $"The text is longer than {PolicyUnits.Show(longest)}, the policy's `limits.statementLength`.", "54000", null);

    private static (PostgresText? Text, SqlFault? Fault) Parse(string sql, byte[] zeroTerminated)
    {
        NativeParse parse = zeroTerminated.Length <= SqlLimits.InlineTextBytes
            ? LibPgQuery.Instance.Parse(zeroTerminated, SqlLimits.TreeBytes)
            : DeepStack.Run(() => LibPgQuery.Instance.Parse(zeroTerminated, SqlLimits.TreeBytes));
        if (parse.Message is not null)
        {
            return (null, new SqlFault("sql.syntax", parse.Message, "42601", parse.CursorPosition > 0 ? parse.CursorPosition : null));
        }

        if (parse.Tree is null)
        {
            return (null, new SqlFault("sql.too-complex", "The statement is too complex to be judged.", "54001", null));
        }

        try
        {
            return (new PostgresText(sql, zeroTerminated[..^1], JsonDocument.Parse(parse.Tree, Options)), null);
        }
        catch (JsonException)
        {
            return (null, new SqlFault("sql.too-deep", $"The statement is nested too deeply: more than about {SqlLimits.TreeDepth / 2} levels.", "54001", null));
        }
    }
}
