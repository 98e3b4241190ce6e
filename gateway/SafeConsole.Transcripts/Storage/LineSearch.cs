using Microsoft.Win32.SafeHandles;

namespace SafeConsole.Transcripts.Storage;

/// <summary>
/// Finds where to begin reading for an event number, by halving the file: every line begins with its number, so neither an index in memory nor
/// one on disk is needed. A gigabyte takes some fifteen small reads.
/// </summary>
internal static class LineSearch
{
    private const int NearEnough = 64 * 1024;
    private const int ProbeBytes = 4096;

    /// <summary>An offset where a line begins, at or a little before the event; 0 where the file does not read like a transcript.</summary>
    public static long OffsetBefore(SafeFileHandle file, long limit, long number)
    {
        long low = 0;
        long high = limit;
        byte[] probe = new byte[ProbeBytes];
        while (number > 1 && high - low > NearEnough)
        {
            long middle = low + ((high - low) / 2);
            long start = NextLineStart(file, middle, high, probe);
            if (start < 0)
            {
                high = middle;
                continue;
            }

            int read = RandomAccess.Read(file, probe.AsSpan(0, 64), start);
            if (!TranscriptFormat.TryReadNumber(probe.AsSpan(0, read), out long found, out _))
            {
                return 0;
            }

            (low, high) = found <= number ? (start, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The start of the first line that begins after an offset and before the end; -1 if none does.</summary>
    private static long NextLineStart(SafeFileHandle file, long offset, long end, byte[] probe)
    {
        while (offset < end)
        {
            int read = RandomAccess.Read(file, probe.AsSpan(0, (int)Math.Min(probe.Length, end - offset)), offset);
            int newline = probe.AsSpan(0, read).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                return offset + newline + 1 < end ? offset + newline + 1 : -1;
            }

            if (read == 0)
            {
                return -1;
            }

            offset += read;
        }

        return -1;
    }
}
