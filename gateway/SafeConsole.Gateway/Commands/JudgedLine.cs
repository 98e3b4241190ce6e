using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SafeConsole.Policies;

namespace SafeConsole.Gateway.Commands;

/// <summary>A line of the output.</summary>
internal static class JudgedLine
{
    // Read in terminals and by other programs, never as part of a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the decisive verdict of a line, with the place of its text where the line is a list.</summary>
    public static void Write(IBufferWriter<byte> output, StatementLine line, long number, Verdict verdict, int text)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            if (line.Id is { } id)
                id.WriteTo(json);
            else
                json.WriteNumberValue(number);
            json.WriteString("verdict", verdict.Outcome.ToString().ToLowerInvariant());
            json.WriteString("rule", verdict.Rule);
            json.WriteString("reason", verdict.Reason);
            if (verdict.Position is { } position)
                json.WriteNumber("position", position);
            else
                json.WriteNull("position");
            if (line.IsList)
                json.WriteNumber("text", text);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
