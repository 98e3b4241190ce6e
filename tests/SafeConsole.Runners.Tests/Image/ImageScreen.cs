using System.Text;
using System.Text.RegularExpressions;

namespace SafeConsole.Runners.Tests.Image;

/// <summary>What a terminal was told to show, as plain text, and what a terminal answers by itself.</summary>
internal sealed partial class ImageScreen
{
    // Line editors ask where the cursor is (DSR 6, ECMA-48) and wait for the answer (CPR).
    private const string CursorQuestion = "\u001b[6n";
    private const string CursorAnswer = "\u001b[1;1R";

    private readonly Lock gate = new();
    private readonly StringBuilder written = new();
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private int answered;
    private int searched;

    public string Text
    {
        get
        {
            lock (gate)
                return ControlSequence().Replace(written.ToString(), "");
        }
    }

    /// <summary>Takes output; returns what to send back.</summary>
    public string Write(ReadOnlySpan<byte> output)
    {
        lock (gate)
        {
            var characters = new char[output.Length];
            written.Append(characters, 0, decoder.GetChars(output, characters, flush: false));
            var asked = written.ToString().Split(CursorQuestion).Length - 1;
            var answers = string.Concat(Enumerable.Repeat(CursorAnswer, asked - answered));
            answered = asked;
            return answers;
        }
    }

    /// <summary>Looks for text behind what was found before, and remembers it as found.</summary>
    public bool Find(string expected)
    {
        lock (gate)
        {
            var at = Text.IndexOf(expected, searched, StringComparison.Ordinal);
            searched = at >= 0 ? at + expected.Length : searched;
            return at >= 0;
        }
    }

    /// <summary>Takes all that is there for found.</summary>
    public void Skip()
    {
        lock (gate)
            searched = Text.Length;
    }

    [GeneratedRegex(@"\u001b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex ControlSequence();
}
