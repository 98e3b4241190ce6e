using System.Collections.Concurrent;
using System.Diagnostics;

namespace SafeConsole.Runners.Processes;

/// <summary>
/// Starts processes from one thread that lives as long as this object. A child that asked to die with its parent (PR_SET_PDEATHSIG, as
/// bwrap --die-with-parent does) dies when the *thread* that started it ends, and .NET's pool threads come and go.
/// </summary>
internal sealed class SpawnThread : IDisposable
{
    private readonly BlockingCollection<Action> orders = new(boundedCapacity: 256);

    public SpawnThread() => new Thread(Run) { IsBackground = true, Name = "runner spawn" }.Start();

    /// <summary>Starts a process. Throws what <see cref="Process.Start(ProcessStartInfo)"/> throws.</summary>
    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        orders.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    /// <summary>Ends the thread, and with it every process that asked to die with its parent.</summary>
    public void Dispose() => orders.CompleteAdding();

    private void Run()
    {
        foreach (var order in orders.GetConsumingEnumerable())
            order();
        orders.Dispose();
    }
}
