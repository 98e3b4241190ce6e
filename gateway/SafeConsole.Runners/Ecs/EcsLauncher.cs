using Amazon.ECS;
using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Ecs;

/// <summary>
/// Starts runners as tasks of ECS on Fargate. Tasks outlive the gateway; its next life finds them by their label. Disposing ends the watching,
/// not the tasks.
/// </summary>
public sealed class EcsLauncher : IRunnerLauncher, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EcsOptions options;
    private readonly IAmazonECS client;
    private readonly EcsCalls calls;
    private readonly EcsPoller poller;
    private readonly TimeProvider time;
    private readonly ILogger<EcsLauncher> log;

    /// <summary>A launcher with the credentials that the SDK finds: environment, profile, container, instance.</summary>
    public EcsLauncher(EcsOptions options, TimeProvider time, ILogger<EcsLauncher> log)
        : this(options, EcsClients.For(options), EcsPollPace.Usual, time, log)
    {
    }

    internal EcsLauncher(EcsOptions options, IAmazonECS client, EcsPollPace pace, TimeProvider time, ILogger<EcsLauncher> log)
    {
        this.options = options;
        this.client = client;
        this.time = time;
        this.log = log;
        calls = new EcsCalls(client, options.Cluster, time);
        poller = new EcsPoller(calls, pace, time, log);
    }

    /// <inheritdoc/>
    public string Name => "ecs";

    /// <inheritdoc/>
    public async Task<IRunner> LaunchAsync(RunnerSpec spec, ILaunchProgress progress, CancellationToken cancellationToken) =>
        await new EcsPlacement(spec, TaskOf(spec.Shape), options, calls, poller, time, log).StartAsync(progress, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> CurrentImageAsync(RunnerShape shape, CancellationToken cancellationToken) =>
        calls.DefinitionAsync(TaskOf(shape).TaskDefinition, Patience, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FoundRunner>> FindAsync(CancellationToken cancellationToken)
    {
        var tasks = await calls.FindAsync(EcsLabels.StartedBy(options), Patience, cancellationToken);
        return [.. from task in tasks
                   where task.DesiredStatus != "STOPPED" && TagOf(task, EcsLabels.Gateway) == options.GatewayName
                   let runner = TagOf(task, EcsLabels.Runner)
                   where runner is not null
                   select new FoundRunner(runner, task.TaskArn!)];
    }

    /// <inheritdoc/>
    public Task<bool> StopAsync(FoundRunner found, CancellationToken cancellationToken) =>
        calls.StopAsync(found.Id, "No session owns this runner.", Patience, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        poller.Dispose();
        client.Dispose();
    }

    private static EcsTaskShape TaskOf(RunnerShape shape) =>
        shape.Task ?? throw new RunnerLaunchException($"The policy of {shape.Target} names no task definition (repl.ecs.taskDefinition), and the ecs launcher needs one.");

    private static string? TagOf(Amazon.ECS.Model.Task task, string key) => task.Tags?.FirstOrDefault(tag => tag.Key == key)?.Value;
}
