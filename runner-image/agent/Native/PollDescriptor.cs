using System.Runtime.InteropServices;

namespace SafeConsole.Agent.Native;

/// <summary>`struct pollfd` (poll.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public const short In = 0x001;
    public const short Out = 0x004;

    public int Descriptor;
    public short Wanted;
    public short Happened;

    /// <summary>True if one of the events (or a hang-up) happened within the time.</summary>
    public static unsafe bool Wait(int descriptor, short wanted, int milliseconds)
    {
        var poll = new PollDescriptor { Descriptor = descriptor, Wanted = wanted };
        return Libc.Poll(&poll, 1, milliseconds) > 0;
    }
}
