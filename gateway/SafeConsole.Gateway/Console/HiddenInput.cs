namespace SafeConsole.Gateway.Console;

/// <summary>
/// Decides what typed input is left out of the record. A password is typed while the terminal's echo is off; but a program may turn echo off
/// for good and read commands, so no more than 2 lines and 256 bytes are hidden each time that it goes off. What follows is recorded as text.
/// </summary>
public sealed class HiddenInput
{
    /// <summary>The bytes hidden in one phase.</summary>
    public const int MostBytes = 256;

    /// <summary>The lines hidden in one phase.</summary>
    public const int MostLines = 2;

    private readonly Lock gate = new();
    private bool off;
    private int bytes;
    private int lines;

    /// <summary>The terminal's echo is on or off from here on.</summary>
    public void SetEcho(bool visible)
    {
        lock (gate)
        {
            if (visible || !off)
                (bytes, lines) = (0, 0);
            off = !visible;
        }
    }

    /// <summary>How many of the first bytes of this input stay off the record; the rest is recorded.</summary>
    public int Hide(ReadOnlySpan<byte> data)
    {
        lock (gate)
        {
            var count = 0;
            while (off && count < data.Length && bytes < MostBytes && lines < MostLines)
            {
                bytes++;
                if (data[count++] is (byte)'\r' or (byte)'\n')
                    lines++;
            }

            return count;
        }
    }
}
