using System.Text.Json.Serialization;

namespace SafeConsole.Transcripts.Events;

/// <summary>
/// A statement ended. Execution is 0 for a simple query and counts from 1 for a prepared one. Milliseconds run from forwarding to
/// the server's last answer. A failed or denied one carries SQLSTATE and message.
/// </summary>
public sealed record StatementCompleted(
    int Statement,
    int Execution,
    long Rows,
    long Bytes,
    double Milliseconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SqlState = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null) : TranscriptEvent;
