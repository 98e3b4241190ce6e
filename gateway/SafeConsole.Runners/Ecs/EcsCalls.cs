using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;

namespace SafeConsole.Runners.Ecs;

/// <summary>Calls of ECS that outlast throttling: beyond the SDK's own three tries they are repeated with back-off and jitter, for a given time.</summary>
internal sealed class EcsCalls(IAmazonECS client, string cluster, TimeProvider time)
{
    /// <summary>The most tasks that one `DescribeTasks` takes.</summary>
    public const int LargestBatch = 100;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    public string Cluster => cluster;

    /// <summary>
    /// A call that was begun is not given up, for its task may have been started by then; the token ends the waits in between. Throws the SDK's
    /// exceptions.
    /// </summary>
    public System.Threading.Tasks.Task<RunTaskResponse> RunAsync(RunTaskRequest request, TimeSpan patience, CancellationToken cancellationToken) =>
        RepeatAsync(() => client.RunTaskAsync(request, CancellationToken.None), patience, cancellationToken);

    /// <summary>False when the task is not known any more. Throws <see cref="RunnerLaunchException"/>.</summary>
    public async System.Threading.Tasks.Task<bool> StopAsync(string arn, string reason, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await RepeatAsync(() => client.StopTaskAsync(new StopTaskRequest { Cluster = cluster, Task = arn, Reason = reason }, cancellationToken), patience, cancellationToken);
            // From DEPROVISIONING on its containers have ended.
            return answer.Task?.LastStatus is not ("DEPROVISIONING" or "STOPPED" or "DELETED");
        }
        catch (Exception failure) when (EcsFailures.IsUnknownTask(failure))
        {
            return false;
        }
        catch (Exception failure) when (IsOfTheCall(failure, cancellationToken))
        {
            throw new RunnerLaunchException(EcsFailures.Sentence(failure), failure);
        }
    }

    /// <summary>One look at up to a hundred tasks, not repeated: the poller has its own back-off. Throws the SDK's exceptions.</summary>
    public System.Threading.Tasks.Task<DescribeTasksResponse> LookAsync(IEnumerable<string> arns, CancellationToken cancellationToken) =>
        client.DescribeTasksAsync(new DescribeTasksRequest { Cluster = cluster, Tasks = [.. arns] }, cancellationToken);

    /// <summary>Every task that was started by a name and is not to stop, with its tags. Throws <see cref="RunnerLaunchException"/>.</summary>
    public async System.Threading.Tasks.Task<IReadOnlyList<Amazon.ECS.Model.Task>> FindAsync(string startedBy, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            var found = new List<Amazon.ECS.Model.Task>();
            foreach (var batch in (await ListAsync(startedBy, patience, cancellationToken)).Chunk(LargestBatch))
            {
                var request = new DescribeTasksRequest { Cluster = cluster, Tasks = [.. batch], Include = [TaskField.TAGS.Value] };
                found.AddRange((await RepeatAsync(() => client.DescribeTasksAsync(request, cancellationToken), patience, cancellationToken)).Tasks ?? []);
            }
            return found;
        }
        catch (Exception failure) when (IsOfTheCall(failure, cancellationToken))
        {
            throw new RunnerLaunchException(EcsFailures.Sentence(failure), failure);
        }
    }

    /// <summary>The ARN, with its revision, that a task definition's name means now. Throws <see cref="RunnerLaunchException"/>.</summary>
    public async System.Threading.Tasks.Task<string?> DefinitionAsync(string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeTaskDefinitionRequest { TaskDefinition = name };
            return (await RepeatAsync(() => client.DescribeTaskDefinitionAsync(request, cancellationToken), patience, cancellationToken)).TaskDefinition?.TaskDefinitionArn;
        }
        catch (Exception failure) when (IsOfTheCall(failure, cancellationToken))
        {
            throw new RunnerLaunchException($"The task definition {name} could not be found out. {EcsFailures.Sentence(failure)}", failure);
        }
    }

    // ECS wants no status beside startedBy: its default is what is to run, whatever state it has reached on the way there.
    private async System.Threading.Tasks.Task<List<string>> ListAsync(string startedBy, TimeSpan patience, CancellationToken cancellationToken)
    {
        var arns = new List<string>();
        string? next = null;
        do
        {
            var request = new ListTasksRequest { Cluster = cluster, StartedBy = startedBy, NextToken = next };
            var page = await RepeatAsync(() => client.ListTasksAsync(request, cancellationToken), patience, cancellationToken);
            arns.AddRange(page.TaskArns ?? []);
            next = page.NextToken;
        }
        while (next is not null);
        return arns;
    }

    private async System.Threading.Tasks.Task<T> RepeatAsync<T>(Func<System.Threading.Tasks.Task<T>> call, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await call();
            }
            catch (AmazonServiceException failure) when (EcsFailures.IsThrottling(failure) && time.GetElapsedTime(began) + wait < patience)
            {
                await System.Threading.Tasks.Task.Delay(wait * (0.5 + (Random.Shared.NextDouble() / 2)), time, cancellationToken);
            }
        }
    }

    private static bool IsOfTheCall(Exception failure, CancellationToken cancellationToken) =>
        EcsFailures.IsOfTheCall(failure) || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
