using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SafeConsole.Proxy.Threads;

/// <summary>send(2): .NET's forgets how much went out before a socket would have had to wait.</summary>
internal static partial class NativeSocket
{
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    /// <summary>Sends a part and returns how many bytes, 0 where the socket will not wait for room. Throws <see cref="IOException"/> with the kernel's reason.</summary>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            nint sent = Send(socket, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length, NoSignal);
            if (sent >= 0)
            {
                return (int)sent;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock)
            {
                return 0;
            }

            if (error != Interrupted)
            {
                throw new IOException($"The connection broke: {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeSocketHandle socket, ref byte first, nuint length, int flags);
}
