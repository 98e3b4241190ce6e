using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SafeConsole.Proxy.Threads;

/// <summary>
/// recv(2) and send(2). .NET's send forgets how much went out before a socket would have had to wait; its receive goes by recvmsg(2) and takes twice as long.
/// </summary>
internal static partial class NativeSocket
{
    /// <summary>What receiving returns where the socket will not wait for bytes.</summary>
    public const int NothingYet = -1;

    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    /// <summary>Receives what is there, waiting for it where the socket waits; 0 at the end. Throws <see cref="IOException"/> with the kernel's reason.</summary>
    public static int Receive(SafeSocketHandle socket, Span<byte> bytes)
    {
        while (true)
        {
            nint received = Receive(socket, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length, 0);
            if (received >= 0)
            {
                return (int)received;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock)
            {
                return NothingYet;
            }

            ThrowUnlessInterrupted(error);
        }
    }

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

            ThrowUnlessInterrupted(error);
        }
    }

    private static void ThrowUnlessInterrupted(int error)
    {
        if (error != Interrupted)
        {
            throw new IOException($"The connection broke: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeSocketHandle socket, ref byte first, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeSocketHandle socket, ref byte first, nuint length, int flags);
}
