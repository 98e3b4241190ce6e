using System.Text;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>Looks for key words in SQL text without parsing it. A key word cannot be written with escapes, so a text without its letters does not use it.</summary>
internal static class KeyWords
{
    /// <summary>Whether the text may hold EXECUTE, FETCH or MOVE, which run what a name stands for.</summary>
    public static bool MayRunByName(ReadOnlySpan<byte> text) => Holds(text, "EXECUTE"u8) || Holds(text, "FETCH"u8) || Holds(text, "MOVE"u8);

    private static bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        byte upper = word[0];
        byte lower = (byte)(upper | 0x20);
        for (int at; (at = text.IndexOfAny(upper, lower)) >= 0; text = text[(at + 1)..])
        {
            if (text.Length - at >= word.Length && Ascii.EqualsIgnoreCase(text.Slice(at, word.Length), word))
            {
                return true;
            }
        }

        return false;
    }
}
