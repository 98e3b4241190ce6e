using System.Runtime.InteropServices;

namespace SafeConsole.Agent.Native;

/// <summary>`struct msghdr` of sys/socket.h, as glibc has it on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public MessagePart* Parts;
    public nuint PartCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}
