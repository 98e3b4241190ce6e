using System.Runtime.InteropServices;

namespace SafeConsole.Agent.Native;

/// <summary>`struct winsize` (asm-generic/termios.h): rows before columns.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowSize
{
    public ushort Rows;
    public ushort Columns;
    public ushort PixelWidth;
    public ushort PixelHeight;
}
