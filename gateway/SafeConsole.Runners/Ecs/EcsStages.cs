namespace SafeConsole.Runners.Ecs;

/// <summary>Tells a launch's stages from its task's states, each once and in order, also those that came between two looks.</summary>
internal sealed class EcsStages(ILaunchProgress progress, EcsTaskShape shape, RunnerLog log)
{
    private string? status;
    private bool provisioned;
    private bool pulled;

    public async ValueTask SeenAsync(Amazon.ECS.Model.Task task)
    {
        if (task.LastStatus != status)
            log.Add(RunnerLog.Engine, $"Task {task.TaskArn}: {status = task.LastStatus}");
        if (!provisioned && (task.PullStartedAt ?? task.StartedAt) is not null)
        {
            provisioned = true;
            await progress.ReachedAsync(LaunchStage.Provisioning, task.CapacityProviderName);
        }
        if (!pulled && (task.PullStoppedAt ?? task.StartedAt) is not null)
        {
            pulled = true;
            await progress.ReachedAsync(LaunchStage.Pulling, task.Containers?.FirstOrDefault(container => container.Name == shape.Container)?.Image);
        }
    }
}
