namespace SafeConsole.Runners.Docker;

/// <summary>Why a container ended, in one sentence.</summary>
internal static class EndSentence
{
    private const int SignalBase = 128;

    /// <summary>Null where nothing is known beyond an exit code; <paramref name="lastError"/> is what the agent said of its own end, if anything.</summary>
    public static string? For(ContainerEnd end, ContainerEvents events, string? lastError, RunnerLimits limits) => end switch
    {
        { Unknown: true } => "The Docker engine is gone and did not come back, so the runner counts as lost.",
        { EngineLost: true } => "The Docker engine was stopped or restarted, and the runner ended with it.",
        { Removed: true } => "The runner's container was removed on the Docker engine.",
        _ when events.WasFatal(end) => $"The runner used up its memory: the limit is {limits.Memory >> 20} MiB, and files in /home/runner and /tmp count.",
        { Reason: { } reason } => EngineFailure.Sentence(reason, image: null),
        _ when lastError is not null => lastError,
        { Code: > SignalBase } when events.Signal is { } signal => $"The runner was killed on the Docker engine, by signal {signal}.",
        { Code: > SignalBase and { } code } => $"The runner was ended by signal {code - SignalBase}.",
        _ => null,
    };
}
