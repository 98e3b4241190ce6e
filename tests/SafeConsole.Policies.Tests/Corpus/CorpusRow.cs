using System.Text.Json;

namespace SafeConsole.Policies.Tests.Corpus;

/// <summary>A labelled case: one text, or several that are sent one after the other.</summary>
internal sealed record CorpusRow(string Id, IReadOnlyList<string> Texts, string? Expect, string? Handling, string Why, string? Class)
{
    public static IReadOnlyList<CorpusRow> Read(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "statements", file)).Where(line => line.Length > 0).Select(Parse)];

    private static CorpusRow Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement row = document.RootElement;
        JsonElement sql = row.GetProperty("sql");
        string[] texts = sql.ValueKind == JsonValueKind.String ? [sql.GetString()!] : [.. sql.EnumerateArray().Select(text => text.GetString()!)];
        return new CorpusRow(row.GetProperty("id").GetString()!, texts, Optional(row, "expect"), Optional(row, "handling"), row.GetProperty("why").GetString()!, Optional(row, "class"));
    }

    private static string? Optional(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
