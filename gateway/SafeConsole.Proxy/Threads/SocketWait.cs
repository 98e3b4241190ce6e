using System.Diagnostics;
using System.Net.Sockets;

namespace SafeConsole.Proxy.Threads;

/// <summary>
/// Waits in the kernel for a socket that would not wait by itself. Who keeps a copy of it can make the kernel say at once, and for ever, that there is something, such as an error
/// that no read takes (POLLERR of socket(7)'s error queue); so whoever was woken for nothing pauses before the next wait, longer each time.
/// </summary>
internal struct SocketWait(Socket socket, SelectMode mode)
{
    // A client can make its copy of the socket one that does not wait, and undo a shutdown; nobody may wait for ever on what it does.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    // 64 ms at most: some fifteen rounds a second.
    private const int MostDoublings = 6;

    private int fruitless;

    /// <summary>Returns when the socket may be tried again, at the latest after a second.</summary>
    public void Wait()
    {
        if (fruitless > 0)
        {
            Thread.Sleep(1 << Math.Min(fruitless, MostDoublings));
        }

        long began = Stopwatch.GetTimestamp();
        socket.Poll(Longest, mode);
        fruitless = Stopwatch.GetElapsedTime(began) < Longest ? fruitless + 1 : 0;
    }

    /// <summary>It was worth while: bytes went through.</summary>
    public void Reset() => fruitless = 0;
}
