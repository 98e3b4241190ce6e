using System.Runtime.InteropServices;
using SafeConsole.Agent.Native;

namespace SafeConsole.Agent.Terminal;

/// <summary>The running REPL, leader of its own session on the pty.</summary>
internal sealed class ReplProcess
{
    private const int Interrupted = 4;                 // EINTR
    private static readonly TimeSpan HangUpGrace = TimeSpan.FromMilliseconds(500);

    private readonly int process;
    private readonly TaskCompletionSource<ReplExit> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ReplProcess(int process) => this.process = process;

    /// <summary>Completes when the REPL's first process has ended; everything that it started is killed at that moment.</summary>
    public Task<ReplExit> Exited => exited.Task;

    /// <summary>Starts the command on the terminal. Throws <see cref="AgentFailedException"/>.</summary>
    public static unsafe ReplProcess Start(ReplCommand command, Pty pty)
    {
        using var plan = new SpawnPlan(pty.Name);
        using var program = new NativeStrings([command.Program]);
        using var arguments = new NativeStrings(command.Arguments);
        using var environment = new NativeStrings(command.Environment);
        int process;
        var error = Libc.Spawn(&process, program.Pointers[0], plan.FileActions, plan.Attributes, arguments.Pointers, environment.Pointers);
        if (error != 0)
            throw new AgentFailedException($"{command.Program} could not be started in the runner: {Marshal.GetPInvokeErrorMessage(error)}.");
        var repl = new ReplProcess(process);
        new Thread(repl.Reap) { IsBackground = true, Name = "reaper" }.Start();
        return repl;
    }

    /// <summary>Asks the REPL to end as a closed terminal window does (SIGHUP), and kills all after 500 ms. Returns when it has ended.</summary>
    public async Task StopAsync()
    {
        Libc.Kill(-process, Signal.HangUp);
        if (await Task.WhenAny(Exited, Task.Delay(HangUpGrace)) != Exited)
            ProcessTree.KillAllButSelf();
        await Exited;
    }

    /// <summary>Waits for every child: the REPL, and the orphans that come to us as PID 1 or subreaper.</summary>
    private unsafe void Reap()
    {
        while (true)
        {
            int status;
            var child = Libc.WaitForChild(-1, &status, 0);
            if (child == process)
            {
                // What still holds the terminal would keep its output from ending.
                ProcessTree.KillAllButSelf();
                exited.TrySetResult(ReplExit.FromStatus(status));
            }
            else if (child < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            {
                return;
            }
        }
    }
}
