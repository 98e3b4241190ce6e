using System.Text.Json;

namespace SafeConsole.Scripting;

/// <summary>One line of a transcript: its number, its type, and all it holds.</summary>
public sealed record TranscriptEntry(long Number, string Type, JsonElement Body)
{
    /// <summary>Reads one line.</summary>
    public static TranscriptEntry Parse(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var body = document.RootElement.Clone();
        return new TranscriptEntry(body.GetProperty("n").GetInt64(), body.GetProperty("type").GetString()!, body);
    }

    /// <summary>A text of the body, or null where it is absent.</summary>
    public string? Text(string name) => Body.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>The terminal bytes of an output event; empty for other events.</summary>
    public byte[] TerminalOutput()
    {
        if (Type != "terminal.output")
        {
            return [];
        }
        var data = Body.GetProperty("data");
        return data.TryGetProperty("text", out var text)
            ? System.Text.Encoding.UTF8.GetBytes(text.GetString()!)
            : data.GetProperty("base64").GetBytesFromBase64();
    }
}
