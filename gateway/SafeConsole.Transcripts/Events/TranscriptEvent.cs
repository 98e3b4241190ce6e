using System.Text.Json.Serialization;

namespace SafeConsole.Transcripts.Events;

/// <summary>One thing that happened in a session. The set is closed: a reader may switch over it exhaustively.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionOpened), "session.opened")]
[JsonDerivedType(typeof(SessionNoticed), "session.noticed")]
[JsonDerivedType(typeof(SessionEnded), "session.ended")]
[JsonDerivedType(typeof(RunnerStageReached), "runner.stage")]
[JsonDerivedType(typeof(RunnerMeasured), "runner.measured")]
[JsonDerivedType(typeof(ReplicaProven), "replica.proven")]
[JsonDerivedType(typeof(TerminalInput), "terminal.input")]
[JsonDerivedType(typeof(TerminalOutput), "terminal.output")]
[JsonDerivedType(typeof(TerminalResized), "terminal.resized")]
[JsonDerivedType(typeof(DatabaseConnected), "database.connected")]
[JsonDerivedType(typeof(DatabaseDisconnected), "database.disconnected")]
[JsonDerivedType(typeof(StatementSubmitted), "statement.submitted")]
[JsonDerivedType(typeof(StatementJudged), "statement.judged")]
[JsonDerivedType(typeof(StatementBound), "statement.bound")]
[JsonDerivedType(typeof(StatementCompleted), "statement.completed")]
[JsonDerivedType(typeof(ViewerJoined), "viewer.joined")]
[JsonDerivedType(typeof(ViewerLeft), "viewer.left")]
public abstract record TranscriptEvent
{
    private protected TranscriptEvent()
    {
    }
}
