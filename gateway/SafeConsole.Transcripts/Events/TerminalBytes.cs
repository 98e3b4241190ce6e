using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace SafeConsole.Transcripts.Events;

/// <summary>
/// Bytes of a terminal stream in JSON: as <see cref="Text"/> where they are whole UTF-8, so that a transcript can be read and
/// searched with plain tools, else as <see cref="Base64"/>. Exactly one of the two is present.
/// </summary>
public sealed record TerminalBytes(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Base64 = null)
{
    /// <summary>Wraps bytes as they came from the terminal.</summary>
    public static TerminalBytes From(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes)
            ? new TerminalBytes(Encoding.UTF8.GetString(bytes), null)
            : new TerminalBytes(null, Convert.ToBase64String(bytes));

    /// <summary>The bytes again. Throws <see cref="FormatException"/> for a damaged base64 text.</summary>
    public byte[] ToArray() => Text is not null ? Encoding.UTF8.GetBytes(Text) : Convert.FromBase64String(Base64 ?? "");
}
