using System.Diagnostics;
using System.Text;

namespace SafeConsole.Runners.Processes;

/// <summary>
/// Makes lines of bytes that come in pieces. A line that never ends is cut into pieces, and of a flood only so many lines a second are kept, for
/// whatever runs beside an agent, or an image has in its place, may write.
/// </summary>
internal sealed class OutputLines(Action<string> take)
{
    private const int LongestLine = 4000;
    private const int MostInASecond = 200;

    private readonly byte[] line = new byte[LongestLine];
    private int filled;
    private long second = Stopwatch.GetTimestamp();
    private int taken;
    private long leftOut;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = bytes[..Math.Min(end < 0 ? bytes.Length : end, LongestLine - filled)];
            part.CopyTo(line.AsSpan(filled));
            filled += part.Length;
            bytes = bytes[part.Length..];
            if (!bytes.IsEmpty && bytes[0] == (byte)'\n')
                bytes = bytes[1..];
            else if (filled < LongestLine)
                continue;
            Take();
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        if (filled > 0)
            Take();
        SayWhatWasLeftOut();
    }

    private void Take()
    {
        if (Stopwatch.GetElapsedTime(second) > TimeSpan.FromSeconds(1))
        {
            SayWhatWasLeftOut();
            second = Stopwatch.GetTimestamp();
            taken = 0;
        }
        if (taken++ < MostInASecond)
            take(Encoding.UTF8.GetString(line, 0, filled));
        else
            leftOut++;
        filled = 0;
    }

    private void SayWhatWasLeftOut()
    {
        if (leftOut > 0)
            take($"{RunnerLog.Information}{leftOut} lines were left out");
        leftOut = 0;
    }
}
