using System.Runtime.InteropServices;

namespace SafeConsole.Agent.Native;

/// <summary>`struct iovec` of sys/uio.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessagePart
{
    public byte* Start;
    public nuint Length;
}
