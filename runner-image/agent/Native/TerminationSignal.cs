using System.Runtime.InteropServices;

namespace SafeConsole.Agent.Native;

/// <summary>SIGTERM, by which an engine announces that it will kill the runner. A process 1 that does not handle it never gets it.</summary>
internal sealed class TerminationSignal : IDisposable
{
    private readonly TaskCompletionSource received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration registration;

    public TerminationSignal()
    {
        registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            received.TrySetResult();
        });
    }

    /// <summary>Completes when the signal has come.</summary>
    public Task Received => received.Task;

    public void Dispose() => registration.Dispose();
}
