namespace SafeConsole.Runners.Ecs;

/// <summary>How a task ended: its runner's exit code where its container had one, why in a sentence, and whether only a place was lacking.</summary>
internal sealed record EcsEnd(int? ExitCode, string? Sentence, bool NoCapacity)
{
    /// <summary>Reads what ECS says about a task that stops or has stopped; null is a task that it knows no more.</summary>
    public static EcsEnd Of(Amazon.ECS.Model.Task? task, EcsTaskShape shape, string cluster)
    {
        if (task is null)
            return new EcsEnd(null, $"ECS does not know the runner's task any more (MISSING in {cluster}), so it counts as ended.", NoCapacity: false);
        var container = task.Containers?.FirstOrDefault(container => container.Name == shape.Container);
        var reason = task.StoppedReason ?? "";
        // Before its container ran, an interruption of Spot is a lack of capacity like any other.
        var noCapacity = task.StartedAt is null && (EcsFailures.IsCapacity(reason) || IsOfSpot(task));
        return new EcsEnd(container?.ExitCode, noCapacity ? $"ECS: no capacity in {cluster}: {EcsFailures.WithoutStop(reason)}." : SentenceOf(task, reason, container), noCapacity);
    }

    private static string? SentenceOf(Amazon.ECS.Model.Task task, string reason, Amazon.ECS.Model.Container? container)
    {
        if (IsOfSpot(task))
            return $"ECS took back the Spot capacity on which the runner ran ({EcsFailures.WithoutStop(reason)}).";
        if (container?.Reason is { Length: > 0 } why)
            return why.StartsWith("OutOfMemory", StringComparison.Ordinal) ? $"The runner was ended because it used more memory than it may ({EcsFailures.WithoutStop(why)})." : $"ECS: {EcsFailures.WithoutStop(why)}.";
        if (task.StopCode?.Value == "EssentialContainerExited")
            return OfCode(container?.ExitCode);
        return reason.Length > 0 ? $"ECS stopped the runner ({task.StopCode?.Value}): {EcsFailures.WithoutStop(reason)}." : null;
    }

    private static bool IsOfSpot(Amazon.ECS.Model.Task task) => task.StopCode?.Value is "SpotInterruption" or "TerminationNotice";

    // What the agent wrote is in the task's log stream, where these calls do not reach.
    private static string? OfCode(int? code) => code switch
    {
        AgentExit.LinkLost => "The runner lost its link to the gateway.",
        AgentExit.Failed => "The runner's agent could not go on; the task's log stream says why.",
        AgentExit.TicketRefused => "The runner ended because the gateway does not accept the runner's secret (used, expired or unknown).",
        > 128 => $"The runner was ended by signal {code - 128}.",
        null => "The runner's container ended, and ECS does not say how.",
        _ => null,
    };
}
