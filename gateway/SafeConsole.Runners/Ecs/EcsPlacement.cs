using Amazon.ECS.Model;
using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Ecs;

/// <summary>Finds a place for one runner's task: on each capacity provider in turn, as long as it is only room that is lacking.</summary>
internal sealed class EcsPlacement(RunnerSpec spec, EcsTaskShape shape, EcsOptions options, EcsCalls calls, EcsPoller poller, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan CleanUpPatience = TimeSpan.FromSeconds(10);

    /// <summary>A runner whose container runs. Throws <see cref="RunnerLaunchException"/>; no task is left then, or ECS refuses to stop it.</summary>
    public async System.Threading.Tasks.Task<EcsRunner> StartAsync(ILaunchProgress progress, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.LaunchTimeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var refusals = new List<string>();
        foreach (var provider in shape.CapacityProviders.Cast<string?>().DefaultIfEmpty())
        {
            var (runner, refusal) = await TryAsync(provider, progress, ending.Token, cancellationToken);
            if (runner is not null)
                return runner;
            refusals.Add(refusal!);
            spec.Log.Add(RunnerLog.Engine, $"{provider ?? "The cluster's default"}: {refusal}");
            log.NoCapacity(spec.Runner, provider ?? "default", refusal!);
        }
        throw new RunnerLaunchException(string.Join(" ", refusals.Distinct()));
    }

    /// <summary>The runner, or why there is no room for it on this provider.</summary>
    private async System.Threading.Tasks.Task<(EcsRunner? Runner, string? Refusal)> TryAsync(
        string? provider, ILaunchProgress progress, CancellationToken ending, CancellationToken cancellationToken)
    {
        EcsWatch? watch = null;
        try
        {
            var answer = await calls.RunAsync(EcsTaskRequest.For(spec, shape, options, provider), options.LaunchTimeout, ending);
            if (answer.Tasks?.FirstOrDefault() is not { TaskArn: { } arn })
                return (null, Refused(answer.Failures?.FirstOrDefault()));
            watch = poller.Watch(arn);
            return await FollowAsync(watch, progress, ending);
        }
        catch (Exception failure) when (EcsFailures.IsOfTheCall(failure))
        {
            return EcsFailures.IsCapacity(failure.Message) ? (null, EcsFailures.Sentence(failure)) : throw new RunnerLaunchException(EcsFailures.Sentence(failure), failure);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RunnerLaunchException($"ECS did not run the task within {options.LaunchTimeout.TotalSeconds:0} s. {(watch is null ? "RunTask was throttled all the time." : watch.Trouble)}".TrimEnd(), e);
        }
    }

    private async System.Threading.Tasks.Task<(EcsRunner? Runner, string? Refusal)> FollowAsync(EcsWatch watch, ILaunchProgress progress, CancellationToken ending)
    {
        var stages = new EcsStages(progress, shape, spec.Log);
        try
        {
            while (await watch.States.WaitToReadAsync(ending))
            {
                while (watch.States.TryRead(out var task))
                {
                    await stages.SeenAsync(task);
                    if (task.StartedAt is not null)
                        return (Running(watch, task), null);
                    if (task.StopCode is not null)
                        return (null, NotStarted(task));
                }
            }
            throw new RunnerLaunchException(EcsEnd.Of(null, shape, options.Cluster).Sentence!);
        }
        catch
        {
            await EndAsync(watch.Arn);
            throw;
        }
    }

    private EcsRunner Running(EcsWatch watch, Amazon.ECS.Model.Task task)
    {
        watch.IsChanging = false;
        log.TaskRuns(spec.Runner, watch.Arn, task.CapacityProviderName);
        return new EcsRunner(spec, watch, task.TaskDefinitionArn, calls, poller, log);
    }

    private string NotStarted(Amazon.ECS.Model.Task task)
    {
        var end = EcsEnd.Of(task, shape, options.Cluster);
        return end.NoCapacity ? end.Sentence! : throw new RunnerLaunchException(end.Sentence ?? "ECS stopped the task before it ran, and does not say why.");
    }

    private string Refused(Failure? failure)
    {
        var reason = failure?.Reason ?? "no task and no failure in the answer";
        var detail = failure?.Detail is { Length: > 0 } text ? $" ({EcsFailures.WithoutStop(text)})" : "";
        return EcsFailures.IsCapacity(reason)
            ? $"ECS: {EcsFailures.WithoutStop(reason)}, no capacity in {options.Cluster}{detail}."
            : throw new RunnerLaunchException($"ECS: {EcsFailures.WithoutStop(reason)} in {options.Cluster}{detail}.");
    }

    private async System.Threading.Tasks.Task EndAsync(string arn)
    {
        try
        {
            await calls.StopAsync(arn, "It was not started in time, or is not wanted any more.", CleanUpPatience, CancellationToken.None);
        }
        catch (RunnerLaunchException failure)
        {
            log.TaskNotStopped(spec.Runner, arn, failure.Message);
        }
    }
}
