using System.ComponentModel;
using Microsoft.Extensions.Logging;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// Starts runners as bubblewrap sandboxes on the gateway's own host. They die with the gateway, however it ends. Disposing ends all of them.
/// </summary>
public sealed class SandboxLauncher(SandboxOptions options, UserIds users, TimeProvider time, ILogger<SandboxLauncher> log) : IRunnerLauncher, IDisposable
{
    private static readonly TimeSpan LongestCleanUp = TimeSpan.FromSeconds(2);

    private readonly bool isRoot = Environment.IsPrivilegedProcess;
    private readonly SpawnThread spawn = new();
    private readonly SandboxRecords records = new(options.RuntimeDirectory);
    private readonly ProcessIdentity gateway = ProcessIdentity.Of(Environment.ProcessId)!;
    private readonly AbandonedSandboxes abandoned = new(options.RuntimeDirectory);
    private readonly Lock preparing = new();
    private readonly CancellationTokenSource stopping = new();
    private int launching;
    private SandboxFiles? prepared;

    /// <summary>A launcher that shares its range of user ids with no other.</summary>
    public SandboxLauncher(SandboxOptions options, TimeProvider time, ILogger<SandboxLauncher> log)
        : this(options, new UserIds(options.FirstUserId, options.LastUserId), time, log)
    {
    }

    /// <inheritdoc/>
    public string Name => "sandbox";

    /// <inheritdoc/>
    public async Task<IRunner> LaunchAsync(RunnerSpec spec, ILaunchProgress progress, CancellationToken cancellationToken)
    {
        RunnerName.Check(spec.Runner);
        var files = Prepare();
        LinkSocket.Open(options.LinkSocket);
        Interlocked.Increment(ref launching);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        try
        {
            ending.Token.ThrowIfCancellationRequested();
            return await StartAsync(spec, files, ending.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RunnerLaunchException("The sandbox was not started because the gateway is being stopped.", e);
        }
        finally
        {
            Interlocked.Decrement(ref launching);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundRunner>> FindAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FoundRunner>>([.. abandoned.Find().Select(record => new FoundRunner(record.Runner, $"process {record.Outer?.Id}"))]);

    /// <inheritdoc/>
    public Task<bool> StopAsync(FoundRunner found, CancellationToken cancellationToken) => Task.FromResult(abandoned.Stop(found.Runner));

    /// <summary>Ends every runner that this launcher started, and waits up to two seconds until what is being launched has been cleaned up.</summary>
    public void Dispose()
    {
        // A sandbox in its first moments has not asked to die with the thread that started it; its launch has to end it, and knows its
        // processes only as long as bwrap lives. So the thread comes last.
        stopping.Cancel();
        SpinWait.SpinUntil(() => Volatile.Read(ref launching) == 0, LongestCleanUp);
        spawn.Dispose();
    }

    private async Task<IRunner> StartAsync(RunnerSpec spec, SandboxFiles files, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var user = isRoot ? users.Take() : (int?)null;
        var record = new SandboxRecord(spec.Runner, SandboxRecords.Boot, gateway);
        var processes = await SpawnAsync(spec, files, user, record);
        var reading = StandardErrorLog.ReadAsync(processes.StandardError, spec.Log, RunnerLog.Agent);
        Task<string> Watch(ProcessIdentity init, CancellationToken ending) => SandboxWatch.WaitForExcessAsync(init, spec.Shape.Limits.Memory, PseudoTerminals.Most, RunnerSockets.Most, time, ending);
        void CleanUp() => Forget(spec.Runner, user, processes);
        try
        {
            await WaitForAgentAsync(spec, processes, reading, cancellationToken);
            // The agent's line may have come in spite of it; what is not ended now, nobody would end.
            cancellationToken.ThrowIfCancellationRequested();
            processes.FindInit();
            if (processes.Init is { } init)
            {
                PseudoTerminals.TryLimit(init);
                SocketBuffers.TryLimit(init);
            }
            Record(record with { Outer = processes.Outer, Init = processes.Init });
        }
        catch
        {
            await processes.KillAsync();
            await processes.WaitUntilGoneAsync();
            StrandedSandbox.Kill(spec.Runner);
            CleanUp();
            throw;
        }
        var runner = new SandboxRunner(spec.Runner, processes, spec.Log, reading, Watch, CleanUp, log);
        log.SandboxStarted(spec.Runner, runner.Id, user, time.GetElapsedTime(started).TotalMilliseconds);
        return runner;
    }

    private SandboxFiles Prepare()
    {
        lock (preparing)
        {
            if (!File.Exists(options.BubblewrapPath))
                throw new RunnerLaunchException($"bubblewrap is not installed at {options.BubblewrapPath}, and the sandbox launcher needs it (apt-get install bubblewrap).");
            return prepared ??= SandboxFiles.Prepare(options, forOtherUsers: isRoot);
        }
    }

    private async Task<SandboxProcesses> SpawnAsync(RunnerSpec spec, SandboxFiles files, int? user, SandboxRecord record)
    {
        try
        {
            Record(record);
            return new SandboxProcesses(await spawn.StartAsync(SandboxCommand.For(spec, files, options, user)));
        }
        catch (Exception e)
        {
            Forget(spec.Runner, user);
            if (e is Win32Exception or InvalidOperationException)
                throw new RunnerLaunchException($"The sandbox could not be started on the gateway's host: {e.Message}", e);
            throw;
        }
    }

    private void Record(SandboxRecord record)
    {
        try
        {
            records.Write(record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunnerLaunchException($"The sandbox's record could not be written to {options.RuntimeDirectory}: {e.Message}", e);
        }
    }

    /// <summary>The agent writes one line as soon as it runs; before that all is bubblewrap's.</summary>
    private async Task WaitForAgentAsync(RunnerSpec spec, SandboxProcesses processes, Task reading, CancellationToken cancellationToken)
    {
        try
        {
            var line = processes.StandardOutput.ReadLineAsync(cancellationToken).AsTask();
            await Task.WhenAny(line, processes.OuterExited).WaitAsync(options.LaunchTimeout, time, cancellationToken);
            // A stranded sandbox would hold both pipes open.
            if (!line.IsCompleted)
                StrandedSandbox.Kill(spec.Runner);
            if (await line.WaitAsync(options.LaunchTimeout, time, cancellationToken) is not null)
                return;
            await reading.WaitAsync(options.LaunchTimeout, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new RunnerLaunchException($"bubblewrap did not start the sandbox within {options.LaunchTimeout.TotalSeconds:0} s.", e);
        }
        throw new RunnerLaunchException("bubblewrap could not start the sandbox: " + (spec.Log.LastFailure ?? "it ended without a word") + ".");
    }

    private void Forget(string runner, int? user, SandboxProcesses processes)
    {
        if (processes.Init is { IsAlive: true } survivor)
        {
            log.SandboxSurvived(runner, survivor.Id);
            user = null;
        }
        Forget(runner, user);
        processes.Dispose();
    }

    /// <summary>Never throws: the session's end hangs on it, and the user id.</summary>
    private void Forget(string runner, int? user)
    {
        if (user is { } id)
            users.Return(id);
        try
        {
            records.Delete(runner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.RecordNotRemoved(runner, e);
        }
    }
}
