using System.Text.Json.Serialization;

namespace SafeConsole.Transcripts.Events;

/// <summary>Why a session ended: who or what ended it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SessionEndReason>))]
public enum SessionEndReason
{
    /// <summary>The REPL exited, by the developer's own `exit`, `\q` or end of input.</summary>
    ReplExited,

    /// <summary>The developer pressed End, or a script called the API's end.</summary>
    EndedByOwner,

    /// <summary>An SRE ended it.</summary>
    EndedByOperator,

    /// <summary>No input for the policy's idle time.</summary>
    IdleLimit,

    /// <summary>The policy's session length was reached.</summary>
    SessionLimit,

    /// <summary>The runner died or its link broke.</summary>
    RunnerLost,

    /// <summary>The runner kept processors busy for longer than the policy allows while nobody was attached.</summary>
    Runaway,

    /// <summary>The runner could not be started.</summary>
    LaunchFailed,

    /// <summary>The replica could not be proven to be a read-only replica.</summary>
    ProofFailed,

    /// <summary>The replica stopped being one under the session: promoted, or made writable.</summary>
    ReplicaUnsafe,

    /// <summary>A policy change took this user's access or this target away.</summary>
    PolicyWithdrawn,

    /// <summary>The transcript could not be written: no record, no session.</summary>
    TranscriptFailed,

    /// <summary>The transcript reached the size that the policy allows a session.</summary>
    TranscriptLimit,

    /// <summary>The gateway was shut down in order.</summary>
    GatewayShutdown,

    /// <summary>The gateway died; found and closed at its next start.</summary>
    GatewayInterrupted,
}
