using System.Buffers;

namespace SafeConsole.Policies.Sql;

/// <summary>
/// A text's form: its whole numbers of up to nine digits, which are constants of type integer, written as zeros, digit for digit. Texts of one form are read into trees that differ in
/// those constants alone. Only text has a form that can be taken apart without a parser: no strings, comments, escapes, parameters nor letters beyond ASCII.
/// </summary>
internal static class IntegerForm
{
    private const int LongestText = 2048;
    private const int MostDigits = 9;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_ \t\r\n.,()=<>+-*/%;\"");

    private static readonly SearchValues<char> DigitsAndQuote = SearchValues.Create("0123456789\"");

    /// <summary>The form; null for text that has none, and for text without such a number.</summary>
    public static string? Of(string sql)
    {
        if (sql.Length > LongestText || sql.AsSpan().ContainsAnyExcept(Plain) || sql.Contains("--", StringComparison.Ordinal) || sql.Contains("/*", StringComparison.Ordinal))
        {
            return null;
        }

        char[]? form = null;
        for (int at = 0; Next(sql, at) is var (start, length); at = start + length)
        {
            form ??= sql.ToCharArray();
            form.AsSpan(start, length).Fill('0');
        }

        return form is null ? null : new string(form);
    }

    /// <summary>Where the numbers begin, in order, of a text that has a form.</summary>
    public static List<int> Places(string sql)
    {
        var places = new List<int>();
        for (int at = 0; Next(sql, at) is var (start, length); at = start + length)
        {
            places.Add(start);
        }

        return places;
    }

    private static (int Start, int Length)? Next(string sql, int from)
    {
        int at = from;
        while (at < sql.Length)
        {
            int found = sql.AsSpan(at).IndexOfAny(DigitsAndQuote);
            if (found < 0)
            {
                return null;
            }

            at += found;
            if (sql[at] == '"')
            {
                // A quoted name; a doubled quote within is the end of one and the beginning of the next.
                int end = sql.IndexOf('"', at + 1);
                at = end < 0 ? sql.Length : end + 1;
                continue;
            }

            int length = 1;
            while (at + length < sql.Length && char.IsAsciiDigit(sql[at + length]))
            {
                length++;
            }

            if (length <= MostDigits && !(at > 0 && IsJoined(sql[at - 1])) && !(at + length < sql.Length && IsJoined(sql[at + length])))
            {
                return (at, length);
            }

            at += length;
        }

        return null;
    }

    private static bool IsJoined(char neighbour) => char.IsAsciiLetterOrDigit(neighbour) || neighbour is '_' or '.' or '"';
}
