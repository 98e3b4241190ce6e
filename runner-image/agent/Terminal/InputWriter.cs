using System.Net.WebSockets;

namespace SafeConsole.Agent.Terminal;

/// <summary>
/// Writes what was typed into the terminal, on a thread of its own: whoever receives it must hear the link's end, and a stop, whatever the terminal does. What waits is kept,
/// up to 8 MiB; what does not fit is dropped, with all that follows until the rest is written. A REPL that does not read is waited for, but not for ever: after ten seconds without
/// progress the rest of a message is dropped, and so at once what follows until something gets through whole. Whenever something is dropped the bell rings, as the kernel's does
/// when a line is too long.
/// </summary>
internal sealed class InputWriter(Pty pty, Func<ValueTask> ringBell)
{
    /// <summary>What may wait, in bytes; twice what a page sends of one paste.</summary>
    public const int MostWaiting = 8 * 1024 * 1024;

    // What a message costs beside its bytes, so that single bytes do not pile up by the million.
    private const int Overhead = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The kernel does not always wake who waits for room in a terminal, so look again by ourselves.
    private const int LookAgainMilliseconds = 20;

    private readonly Queue<byte[]> waiting = new();
    private int cost;
    private bool overflowed;
    private bool stuck;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "input" }.Start();

    /// <summary>Takes a message, which is copied. Never waits.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (waiting)
        {
            overflowed |= cost + bytes.Length + Overhead > MostWaiting;
            if (overflowed)
                return;
            waiting.Enqueue(bytes.ToArray());
            cost += bytes.Length + Overhead;
            Monitor.Pulse(waiting);
        }
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                var message = Next();
                if (!Write(message) | Done(message))
                    ringBell().AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception lost) when (lost is WebSocketException or ObjectDisposedException)
        {
            // There is no link any more, and so nothing more to write: the agent ends.
        }
    }

    private byte[] Next()
    {
        lock (waiting)
        {
            while (waiting.Count == 0)
                Monitor.Wait(waiting);
            return waiting.Peek();
        }
    }

    /// <summary>True when it was the last one that waited and others were dropped.</summary>
    private bool Done(byte[] message)
    {
        lock (waiting)
        {
            waiting.Dequeue();
            cost -= message.Length + Overhead;
            if (waiting.Count > 0 || !overflowed)
                return false;
            overflowed = false;
            return true;
        }
    }

    /// <summary>False when a part was dropped.</summary>
    private bool Write(ReadOnlySpan<byte> bytes)
    {
        var deadline = Deadline();
        while (bytes.Length > 0)
        {
            var count = pty.Write(bytes);
            if (count < 0)
                return true;
            bytes = bytes[count..];
            if (count > 0)
                deadline = Deadline();
            else if (stuck || Environment.TickCount64 > deadline)
                break;
            else
                pty.WaitToWrite(LookAgainMilliseconds);
        }
        stuck = bytes.Length > 0;
        return !stuck;
    }

    private static long Deadline() => Environment.TickCount64 + (long)Patience.TotalMilliseconds;
}
