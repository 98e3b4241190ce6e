using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SafeConsole.Runners.Processes;

/// <summary>A pidfd (pidfd_open(2)): it names one process for ever, however its number is used later.</summary>
internal sealed partial class ProcessDescriptor : IDisposable
{
    // The same numbers on every architecture. glibc wraps these calls only since 2.36.
    private const nint SendSignal = 424;
    private const nint OpenProcess = 434;
    private const int NotPermitted = 1;
    private const int SignalNone = 0;
    private const int SignalKill = 9;
    private const int SignalStop = 19;

    private readonly SafeFileHandle handle;

    /// <summary>Takes over an open descriptor.</summary>
    public ProcessDescriptor(nint descriptor) => handle = new SafeFileHandle(descriptor, ownsHandle: true);

    /// <summary>Null when there is no such process.</summary>
    public static ProcessDescriptor? Open(int process)
    {
        var descriptor = Call(OpenProcess, process, 0, 0, 0);
        return descriptor >= 0 ? new ProcessDescriptor(descriptor) : null;
    }

    /// <summary>True while the process has its number: while it runs, or has ended and was not waited for yet.</summary>
    public bool Exists => Send(SignalNone) || Marshal.GetLastPInvokeError() == NotPermitted;

    /// <summary>False when it was gone, or is not ours to kill.</summary>
    public bool Kill() => Send(SignalKill);

    /// <summary>Halts all its threads until it is killed. False when it was gone, or is not ours to stop.</summary>
    public bool Stop() => Send(SignalStop);

    public void Dispose() => handle.Dispose();

    private bool Send(int signal) => Call(SendSignal, handle.DangerousGetHandle(), signal, 0, 0) == 0;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint argument1, nint argument2, nint argument3, nint argument4);
}
