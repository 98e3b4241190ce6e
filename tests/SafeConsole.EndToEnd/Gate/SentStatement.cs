using SafeConsole.Scripting;

namespace SafeConsole.EndToEnd.Gate;

/// <summary>A statement as it stands in a transcript.</summary>
internal sealed record SentStatement(string Sql, TranscriptEntry Judged, TranscriptEntry? Completed)
{
    /// <summary>approved, flagged or denied.</summary>
    public string Verdict => Judged.Text("verdict")!;

    /// <summary>The SQLSTATE that it failed with; null where it did not.</summary>
    public string? SqlState => Completed?.Text("sqlState") is { Length: > 0 } state ? state : null;

    /// <summary>How long it ran; endless where the transcript has no end of it.</summary>
    public double Milliseconds => Completed?.Body.GetProperty("milliseconds").GetDouble() ?? double.PositiveInfinity;

    public override string ToString() => $"{Verdict} {Judged.Text("rule")} {SqlState} {Completed?.Text("message")}: {Sql}";
}
