using System.Runtime.InteropServices;

namespace SafeConsole.Agent.Native;

/// <summary>`struct sock_fprog` of linux/filter.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FilterProgram
{
    public ushort Length;
    public FilterInstruction* Instructions;
}
