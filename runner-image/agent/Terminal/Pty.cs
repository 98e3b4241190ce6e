using System.Runtime.InteropServices;
using SafeConsole.Agent.Native;

namespace SafeConsole.Agent.Terminal;

/// <summary>
/// The master side of a pseudo-terminal. It does not block: callers wait with <see cref="WaitToRead"/> and <see cref="WaitToWrite"/>.
/// One thread may read while another writes.
/// </summary>
internal sealed unsafe class Pty : IDisposable
{
    private const int OpenFlags = 0x2 | 0x100 | 0x800 | 0x80000;   // O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC
    private const nuint SetWindowSize = 0x5414;                    // TIOCSWINSZ
    private const uint Utf8Input = 0x4000;                         // IUTF8: backspace erases a character, not a byte
    private const int TryAgain = 11;                               // EAGAIN
    private const int Interrupted = 4;                             // EINTR

    private readonly int master;

    private Pty(int master, string name)
    {
        this.master = master;
        Name = name;
    }

    /// <summary>The path of the other side, `/dev/pts/N`.</summary>
    public string Name { get; }

    /// <summary>Opens a pair of the given size. Throws <see cref="AgentFailedException"/>.</summary>
    public static Pty Open(int columns, int rows)
    {
        var master = Libc.OpenPseudoTerminal(OpenFlags);
        if (master < 0)
            throw Failed("opened");
        var name = stackalloc byte[64];
        if (Libc.UnlockTerminal(master) != 0 || Libc.TerminalName(master, name, 64) != 0)
            throw Failed("prepared");
        var pty = new Pty(master, Marshal.PtrToStringUTF8((nint)name)!);
        pty.Resize(columns, rows);
        pty.ReadUtf8();
        return pty;
    }

    /// <summary>Sets the size; the REPL's foreground group gets SIGWINCH. Sizes outside 1 to 10,000 are brought into it.</summary>
    public void Resize(int columns, int rows)
    {
        var size = new WindowSize { Columns = (ushort)Math.Clamp(columns, 1, 10_000), Rows = (ushort)Math.Clamp(rows, 1, 10_000) };
        Libc.Control(master, SetWindowSize, &size);
    }

    /// <summary>The attributes that the REPL's side has now; false once it is gone.</summary>
    public bool TryGetAttributes(out TerminalAttributes attributes)
    {
        fixed (TerminalAttributes* pointer = &attributes)
            return Libc.GetAttributes(master, pointer) == 0;
    }

    public bool WaitToRead(int milliseconds) => PollDescriptor.Wait(master, PollDescriptor.In, milliseconds);

    public bool WaitToWrite(int milliseconds) => PollDescriptor.Wait(master, PollDescriptor.Out, milliseconds);

    /// <summary>Bytes read; 0 when there is nothing now; -1 when every process has closed the other side and all was read.</summary>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return Count(Libc.Read(master, pointer, (nuint)buffer.Length), atEnd: -1);
    }

    /// <summary>Bytes taken; 0 when the terminal takes nothing now; -1 when it is gone.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
            return Count(Libc.Write(master, pointer, (nuint)bytes.Length), atEnd: -1);
    }

    public void Dispose() => Libc.Close(master);

    private static int Count(nint result, int atEnd)
    {
        if (result > 0)
            return (int)result;
        // Linux answers EIO where other systems report end of file.
        return result < 0 && Marshal.GetLastPInvokeError() is TryAgain or Interrupted ? 0 : atEnd;
    }

    private void ReadUtf8()
    {
        if (!TryGetAttributes(out var attributes))
            throw Failed("read");
        attributes.InputFlags |= Utf8Input;
        Libc.SetAttributes(master, 0, &attributes);
    }

    private static AgentFailedException Failed(string what) =>
        new($"A pseudo-terminal could not be {what} in the runner: {Marshal.GetLastPInvokeErrorMessage()}.");
}
