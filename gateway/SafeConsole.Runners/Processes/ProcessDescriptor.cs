using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SafeConsole.Runners.Processes;

/// <summary>A pidfd (pidfd_open(2)): it names one process for ever, however its number is used later.</summary>
internal sealed partial class ProcessDescriptor : IDisposable
{
    // The same numbers on every architecture. glibc wraps these calls only since 2.36.
    private const nint SendSignal = 424;
    private const nint OpenProcess = 434;
    private const int SignalKill = 9;

    private readonly SafeFileHandle handle;

    private ProcessDescriptor(nint descriptor) => handle = new SafeFileHandle(descriptor, ownsHandle: true);

    /// <summary>Null when there is no such process.</summary>
    public static ProcessDescriptor? Open(int process)
    {
        var descriptor = Call(OpenProcess, process, 0, 0, 0);
        return descriptor >= 0 ? new ProcessDescriptor(descriptor) : null;
    }

    /// <summary>False when it was gone, or is not ours to kill.</summary>
    public bool Kill() => Call(SendSignal, handle.DangerousGetHandle(), SignalKill, 0, 0) == 0;

    public void Dispose() => handle.Dispose();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint argument1, nint argument2, nint argument3, nint argument4);
}
