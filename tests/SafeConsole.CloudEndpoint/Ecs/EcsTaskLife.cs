using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Runners;
using SafeConsole.Runners.Sandbox;

namespace SafeConsole.CloudEndpoint.Ecs;

/// <summary>Takes a task from PROVISIONING to STOPPED; in between its container is a real runner, a sandbox with what the override says.</summary>
internal sealed class EcsTaskLife(string agentPath, Lock gate) : IDisposable
{
    private const int MebibytesWhereNothingIsSaid = 512;
    private const int ProcessesWhereNothingIsSaid = 64;
    private const long Disk = 64 << 20;

    private readonly Dictionary<string, SandboxLauncher> launchers = [];

    /// <summary>Ends when the task is STOPPED. Never faults but for a defect here.</summary>
    public async Task RunAsync(EcsTask task, EcsPace pace, EcsCapacity capacity, string? pullFailure)
    {
        try
        {
            await Task.Delay(pace.Provisioning, task.Stopping.Token);
            if (capacity == EcsCapacity.RunsOut)
                Stop(task, "TaskFailedToStart", "Capacity is unavailable at this time. Please try again later or in a different availability zone");
            Enter(task, "PENDING", "connectivityAt", "pullStartedAt");
            await Task.Delay(pace.Pulling, task.Stopping.Token);
            if (capacity == EcsCapacity.IsTakenBack)
                Stop(task, "SpotInterruption", "Your Spot Task was interrupted.");
            if (pullFailure is not null)
                Stop(task, "TaskFailedToStart", pullFailure, pullFailure);
            await RunContainerAsync(task);
        }
        catch (OperationCanceledException) when (task.Stopping.IsCancellationRequested)
        {
            // It was stopped before its container ran.
        }
        catch (RunnerLaunchException failure)
        {
            Locked(() => task.Stop("TaskFailedToStart", "Task failed to start", "CannotStartContainerError: " + failure.Message));
        }
        Enter(task, "DEPROVISIONING", "executionStoppedAt");
        await Task.Delay(pace.Deprovisioning);
        Enter(task, "STOPPED", "stoppedAt");
    }

    public void Dispose()
    {
        foreach (var launcher in launchers.Values)
            launcher.Dispose();
    }

    private async Task RunContainerAsync(EcsTask task)
    {
        task.Stopping.Token.ThrowIfCancellationRequested();
        var launcher = LauncherFor(task);
        var limits = new RunnerLimits((long)(task.Memory ?? MebibytesWhereNothingIsSaid) << 20, Processes(task), Disk, 1);
        var spec = new RunnerSpec(task.Arn.Split('/')[^1], new RunnerTicket(task.Variable("SAFECONSOLE_TICKET") ?? ""), new RunnerShape("ecs", limits), new RunnerLog(TimeProvider.System));
        await using var runner = await launcher.LaunchAsync(spec, NoProgress.Instance, task.Stopping.Token);
        Enter(task, "RUNNING", "pullStoppedAt", "startedAt");
        using (task.Stopping.Token.Register(() => _ = runner.StopAsync(CancellationToken.None)))
        {
            var code = await runner.Exited;
            Locked(() =>
            {
                task.Stop("EssentialContainerExited", "Essential container in task exited");
                task.Ended(code);
            });
        }
    }

    private SandboxLauncher LauncherFor(EcsTask task)
    {
        var gateway = task.Variable("SAFECONSOLE_GATEWAY") ?? "";
        if (!gateway.StartsWith("unix:/", StringComparison.Ordinal) || Path.GetFileName(gateway) != "link.sock")
            throw new RunnerLaunchException($"the container's gateway is '{gateway}', and here it must be unix:/…/link.sock");
        var folder = Path.GetDirectoryName(gateway["unix:".Length..])!;
        lock (launchers)
        {
            if (!launchers.TryGetValue(folder, out var launcher))
                launchers[folder] = launcher = new SandboxLauncher(new SandboxOptions { RuntimeDirectory = folder, AgentPath = agentPath }, TimeProvider.System, NullLogger<SandboxLauncher>.Instance);
            return launcher;
        }
    }

    private static int Processes(EcsTask task) =>
        task.Variable("SAFECONSOLE_PROCESS_LIMIT") is { } limit ? int.Parse(limit, CultureInfo.InvariantCulture) : ProcessesWhereNothingIsSaid;

    private void Stop(EcsTask task, string code, string reason, string? containerReason = null)
    {
        Locked(() => task.Stop(code, reason, containerReason));
        task.Stopping.Token.ThrowIfCancellationRequested();
    }

    private void Enter(EcsTask task, string status, params string[] times) => Locked(() => task.Enter(status, times));

    private void Locked(Action change)
    {
        lock (gate)
            change();
    }
}
