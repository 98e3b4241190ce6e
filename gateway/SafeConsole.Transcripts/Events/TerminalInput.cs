using System.Text.Json.Serialization;

namespace SafeConsole.Transcripts.Events;

/// <summary>What was typed. While the terminal's echo is off only the number of bytes is kept, in <see cref="Hidden"/>.</summary>
public sealed record TerminalInput(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TerminalBytes? Data = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Hidden = null) : TranscriptEvent;
