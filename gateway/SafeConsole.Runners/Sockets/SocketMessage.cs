using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SafeConsole.Runners.Sockets;

/// <summary>recvmsg(2) for one descriptor beside the bytes, which .NET does not offer. Structures as in glibc's headers for 64-bit Linux; cmsg(3), unix(7).</summary>
internal static unsafe partial class SocketMessage
{
    private const int SolSocket = 1;
    private const int ScmRights = 1;
    private const int ControlCut = 0x8;
    private const int DoNotWait = 0x40;
    private const int CloseOnExec = 0x40000000;

    // struct cmsghdr is 16 bytes. Room for exactly one descriptor: the kernel closes what does not fit.
    private const int ControlHeader = 16;
    private const int ControlBytes = ControlHeader + sizeof(int);

    /// <summary>Receives what is there; returns how many bytes, 0 for none. The descriptor is null where none came, or more than one.</summary>
    public static int Receive(Socket link, Span<byte> bytes, out SafeSocketHandle? descriptor)
    {
        descriptor = null;
        // Aligned as struct cmsghdr is.
        var control = stackalloc long[(ControlBytes + sizeof(long) - 1) / sizeof(long)];
        fixed (byte* first = bytes)
        {
            var part = new Part { Start = first, Length = (nuint)bytes.Length };
            var message = new Header { Parts = &part, PartCount = 1, Control = control, ControlLength = ControlBytes };
            var received = ReceiveMessage(link.SafeHandle, &message, DoNotWait | CloseOnExec);
            if (received < 0)
                return 0;
            descriptor = ReadDescriptor((byte*)control, message.ControlLength);
            if ((message.Flags & ControlCut) != 0)
            {
                descriptor?.Dispose();
                descriptor = null;
            }
            return (int)received;
        }
    }

    private static SafeSocketHandle? ReadDescriptor(byte* control, nuint length)
    {
        var (size, level, type) = (*(nuint*)control, *(int*)(control + sizeof(nuint)), *(int*)(control + sizeof(nuint) + sizeof(int)));
        return length >= ControlBytes && size == ControlBytes && level == SolSocket && type == ScmRights
            ? new SafeSocketHandle(*(int*)(control + ControlHeader), ownsHandle: true)
            : null;
    }

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(SafeSocketHandle socket, Header* message, int flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public byte* Start;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public void* Name;
        public uint NameLength;
        public Part* Parts;
        public nuint PartCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
