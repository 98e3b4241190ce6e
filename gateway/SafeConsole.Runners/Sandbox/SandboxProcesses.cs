using System.Diagnostics;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// The two processes of a sandbox that the host knows: bwrap outside, and the agent, which is PID 1 of the sandbox's namespace. When the
/// kernel has ended a namespace's PID 1, every process in it is gone, whatever it was and whatever it ignored.
/// </summary>
internal sealed class SandboxProcesses : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    private readonly Process outer;

    public SandboxProcesses(Process outer)
    {
        this.outer = outer;
        outer.StandardInput.Close();
        OuterExited = outer.WaitForExitAsync();
        Outer = ProcessIdentity.Of(outer.Id) ?? new ProcessIdentity(outer.Id, 0);
    }

    public ProcessIdentity Outer { get; }

    /// <summary>Completes when bwrap has ended.</summary>
    public Task OuterExited { get; }

    /// <summary>PID 1 of the sandbox, by its number on the host; null until <see cref="FindInit"/> has seen it.</summary>
    public ProcessIdentity? Init { get; private set; }

    /// <summary>What bwrap and the agent say when something is wrong.</summary>
    public Stream StandardError => outer.StandardError.BaseStream;

    /// <summary>One line of the agent, as soon as it runs.</summary>
    public StreamReader StandardOutput => outer.StandardOutput;

    /// <summary>To be called once the agent runs.</summary>
    public void FindInit()
    {
        if (ProcessFamily.ChildrenOf(outer.Id) is [var init, ..])
            Init = ProcessIdentity.Of(init);
    }

    /// <summary>Kills everything in the sandbox; bwrap sees its child end, reaps it, and ends too, or is made to.</summary>
    public async Task KillAsync()
    {
        if (Init is null)
            await KillUnfinishedAsync();
        else if (Init.Kill())
            await OuterExited.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Outer.Kill();
    }

    /// <summary>Completes when both are gone, and so is everything in the sandbox; returns the exit code of the agent, or 128 and the signal.</summary>
    public async Task<int> WaitUntilGoneAsync()
    {
        await OuterExited;
        for (var clock = Stopwatch.StartNew(); Init is { IsAlive: true } && clock.Elapsed < Patience;)
        {
            Init.Kill();
            await Task.Delay(PollInterval);
        }
        return outer.ExitCode;
    }

    public void Dispose() => outer.Dispose();

    // In the middle of a launch bwrap may be about to start its child, which does not die with it before it has asked for that. One that
    // is stopped starts none, so the child that it has by then is all there will ever be.
    private async Task KillUnfinishedAsync()
    {
        if (Outer.Stop())
        {
            for (var clock = Stopwatch.StartNew(); Outer.State == ProcessState.Running && clock.Elapsed < Patience;)
                await Task.Delay(PollInterval);
        }
        FindInit();
        Init?.Kill();
    }
}
