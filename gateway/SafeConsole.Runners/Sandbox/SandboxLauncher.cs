using System.ComponentModel;
using Microsoft.Extensions.Logging;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// Starts runners as bubblewrap sandboxes on the gateway's own host. They die with the gateway, however it ends. Disposing ends all of them.
/// </summary>
public sealed class SandboxLauncher(SandboxOptions options, TimeProvider time, ILogger<SandboxLauncher> log) : IRunnerLauncher, IDisposable
{
    private readonly bool isRoot = Environment.IsPrivilegedProcess;
    private readonly SpawnThread spawn = new();
    private readonly UserIds users = new(options.FirstUserId, options.LastUserId);
    private readonly SandboxRecords records = new(options.RuntimeDirectory);
    private readonly ProcessIdentity gateway = ProcessIdentity.Of(Environment.ProcessId)!;
    private readonly Lock preparing = new();
    private SandboxFiles? prepared;

    /// <inheritdoc/>
    public string Name => "sandbox";

    /// <inheritdoc/>
    public async Task<IRunner> LaunchAsync(RunnerSpec spec, CancellationToken cancellationToken)
    {
        SandboxRecords.CheckName(spec.Session);
        var files = Prepare();
        files.OpenLinkSocket();
        var started = time.GetTimestamp();
        var user = isRoot ? users.Take() : (int?)null;
        var processes = await StartAsync(spec, files, user);
        var errors = new StandardErrorTail(processes.StandardError);
        void CleanUp() => Forget(spec.Session, user, processes);
        try
        {
            records.Write(RecordOf(spec, processes));
            await WaitForAgentAsync(processes, errors, cancellationToken);
            processes.FindInit();
            records.Write(RecordOf(spec, processes));
        }
        catch
        {
            processes.Kill();
            await processes.WaitUntilGoneAsync();
            CleanUp();
            throw;
        }
        var runner = new SandboxRunner(processes, errors, spec.Limits.Memory, time, CleanUp);
        log.SandboxStarted(spec.Session, runner.Id, user, time.GetElapsedTime(started).TotalMilliseconds);
        return runner;
    }

    /// <summary>Ends every runner that this launcher started, at once and without waiting.</summary>
    public void Dispose() => spawn.Dispose();

    private SandboxFiles Prepare()
    {
        lock (preparing)
        {
            if (!File.Exists(options.BubblewrapPath))
                throw new RunnerLaunchException($"bubblewrap is not installed at {options.BubblewrapPath}, and the sandbox launcher needs it (apt-get install bubblewrap).");
            return prepared ??= SandboxFiles.Prepare(options, forOtherUsers: isRoot);
        }
    }

    private async Task<SandboxProcesses> StartAsync(RunnerSpec spec, SandboxFiles files, int? user)
    {
        try
        {
            return new SandboxProcesses(await spawn.StartAsync(SandboxCommand.For(spec, files, options, user)));
        }
        catch (Win32Exception e)
        {
            if (user is { } id)
                users.Return(id);
            throw new RunnerLaunchException($"The sandbox could not be started on the gateway's host: {e.Message}", e);
        }
    }

    /// <summary>The agent writes one line as soon as it runs; before that all is bubblewrap's.</summary>
    private async Task WaitForAgentAsync(SandboxProcesses processes, StandardErrorTail errors, CancellationToken cancellationToken)
    {
        string? line;
        try
        {
            line = await processes.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(options.LaunchTimeout, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new RunnerLaunchException($"bubblewrap did not start the sandbox within {options.LaunchTimeout.TotalSeconds:0} s.", e);
        }
        if (line is not null)
            return;
        await errors.Completed.WaitAsync(options.LaunchTimeout, time, cancellationToken);
        throw new RunnerLaunchException("bubblewrap could not start the sandbox: " + (errors.LastLine ?? "it ended without a word") + ".");
    }

    private SandboxRecord RecordOf(RunnerSpec spec, SandboxProcesses processes) =>
        new(spec.Session, gateway, processes.Outer, processes.Init, SandboxRecords.Boot);

    private void Forget(string session, int? user, SandboxProcesses processes)
    {
        records.Delete(session);
        if (processes.Init is { IsAlive: true } survivor)
            log.SandboxSurvived(session, survivor.Id);
        else if (user is { } id)
            users.Return(id);
        processes.Dispose();
    }
}
