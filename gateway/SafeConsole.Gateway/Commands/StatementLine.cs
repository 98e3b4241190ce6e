using System.Buffers;
using System.Text.Json;

namespace SafeConsole.Gateway.Commands;

/// <summary>A line of the input: texts that one session sends in order, under an id that is a text, a number or null.</summary>
internal sealed record StatementLine(JsonElement? Id, IReadOnlyList<string> Texts, bool IsList)
{
    private const string Form = """write one object a line, such as {"id": "a", "sql": "SELECT 1"}.""";

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a line's UTF-8. Exactly one of the two results is set; the problem is a clause about the line that says what to do.</summary>
    public static (StatementLine? Line, string? Problem) Read(ReadOnlySequence<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : (null, $"is not a JSON object; {Form}");
        }
        catch (JsonException)
        {
            return (null, $"is not JSON; {Form}");
        }
        catch (InvalidOperationException)
        {
            // JsonElement.GetString: half a surrogate pair, or bytes that are not UTF-8
            return (null, "holds text that is not valid Unicode; mend the text.");
        }
    }

    private static (StatementLine? Line, string? Problem) Read(JsonElement line)
    {
        JsonElement? id = line.TryGetProperty("id", out var given) ? given.Clone() : null;
        if (id?.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            return (null, "has an `id` that is neither a text nor a number.");
        if (!line.TryGetProperty("sql", out var sql))
            return (null, "has no `sql`; give it a text, or a list of texts.");
        if (sql.ValueKind == JsonValueKind.String)
            return (new StatementLine(id, [sql.GetString()!], false), null);
        if (sql.ValueKind != JsonValueKind.Array || sql.GetArrayLength() == 0 || sql.EnumerateArray().Any(text => text.ValueKind != JsonValueKind.String))
            return (null, "has an `sql` that is neither a text nor a list of texts.");
        return (new StatementLine(id, [.. sql.EnumerateArray().Select(text => text.GetString()!)], true), null);
    }
}
