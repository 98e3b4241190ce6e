using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts;

/// <summary>
/// Writes the bodies of the events that each statement makes, byte for byte as the generated code for the whole set would: that one finds the kind of an event
/// anew each time and takes several times as long.
/// </summary>
internal static class StatementBody
{
    private const int LongestKept = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>The event's JSON object; null for an event of another kind, or one that holds a null where its type forbids it.</summary>
    public static byte[]? TryWrite(TranscriptEvent happened) => happened switch
    {
        StatementSubmitted { Protocol: not null, Sql: not null } submitted => Write(submitted, WriteSubmitted),
        StatementJudged { Verdict: not null, Rule: not null, Reason: not null, PolicyRevision: not null } judged => Write(judged, WriteJudged),
        StatementBound { Parameters: not null } bound => Write(bound, WriteBound),
        StatementCompleted completed => Write(completed, WriteCompleted),
        _ => null,
    };

    private static byte[] Write<T>(T happened, Action<Utf8JsonWriter, T> members)
    {
        buffer ??= new ArrayBufferWriter<byte>(1024);
        writer ??= new Utf8JsonWriter(buffer, Options);
        try
        {
            writer.WriteStartObject();
            members(writer, happened);
            writer.WriteEndObject();
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            if (buffer.Capacity > LongestKept)
            {
                buffer = new ArrayBufferWriter<byte>(1024);
            }

            buffer.ResetWrittenCount();
            writer.Reset(buffer);
        }
    }

    private static void WriteSubmitted(Utf8JsonWriter json, StatementSubmitted submitted)
    {
        json.WriteString("type"u8, "statement.submitted"u8);
        json.WriteNumber("statement"u8, submitted.Statement);
        json.WriteNumber("connection"u8, submitted.Connection);
        json.WriteString("protocol"u8, submitted.Protocol);
        json.WriteString("sql"u8, submitted.Sql);
    }

    private static void WriteJudged(Utf8JsonWriter json, StatementJudged judged)
    {
        json.WriteString("type"u8, "statement.judged"u8);
        json.WriteNumber("statement"u8, judged.Statement);
        json.WriteString("verdict"u8, judged.Verdict);
        json.WriteString("rule"u8, judged.Rule);
        json.WriteString("reason"u8, judged.Reason);
        json.WriteString("policyRevision"u8, judged.PolicyRevision);
        WriteWhereThere(json, "hint"u8, judged.Hint);
        if (judged.Position is { } position)
        {
            json.WriteNumber("position"u8, position);
        }

        WriteWhereThere(json, "forwarded"u8, judged.Forwarded);
    }

    private static void WriteBound(Utf8JsonWriter json, StatementBound bound)
    {
        json.WriteString("type"u8, "statement.bound"u8);
        json.WriteNumber("statement"u8, bound.Statement);
        json.WriteNumber("execution"u8, bound.Execution);
        json.WriteStartArray("parameters"u8);
        for (int i = 0; i < bound.Parameters.Count; i++)
        {
            json.WriteStringValue(bound.Parameters[i]);
        }

        json.WriteEndArray();
    }

    private static void WriteCompleted(Utf8JsonWriter json, StatementCompleted completed)
    {
        json.WriteString("type"u8, "statement.completed"u8);
        json.WriteNumber("statement"u8, completed.Statement);
        json.WriteNumber("execution"u8, completed.Execution);
        json.WriteNumber("rows"u8, completed.Rows);
        json.WriteNumber("bytes"u8, completed.Bytes);
        json.WriteNumber("milliseconds"u8, completed.Milliseconds);
        WriteWhereThere(json, "sqlState"u8, completed.SqlState);
        WriteWhereThere(json, "message"u8, completed.Message);
    }

    private static void WriteWhereThere(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
