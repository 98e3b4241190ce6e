using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SafeConsole.Agent.Native;

/// <summary>glibc's `struct termios` (bits/termios-struct.h): 60 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TerminalAttributes
{
    public uint InputFlags;
    public uint OutputFlags;
    public uint ControlFlags;
    public uint LocalFlags;
    public byte LineDiscipline;
    public ControlCharacterArray ControlCharacters;
    public uint InputSpeed;
    public uint OutputSpeed;

    /// <summary>`c_cc`, NCCS = 32.</summary>
    [InlineArray(32)]
    internal struct ControlCharacterArray
    {
        private byte first;
    }
}
