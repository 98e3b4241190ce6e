using System.Globalization;

namespace SafeConsole.Runners.Processes;

/// <summary>
/// The sockets of a runner. What waits in them is the kernel's memory: of TCP there is one amount for the whole host, whatever cgroup or network namespace uses it (net.ipv4.tcp_mem),
/// and a megabyte or more for each connection of its own loopback. So both are bounded: how much one may hold, by the namespace's own settings, and how many there are.
/// </summary>
internal static class RunnerSockets
{
    /// <summary>The most of one runner. A database connection takes three: the client's, the agent's end of it, and where it is relayed the link.</summary>
    public const int Most = 512;

    /// <summary>The namespace's settings, by their names for sysctl(8): least, first and most bytes of a connection's buffer in each direction; tcp(7).</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["net.ipv4.tcp_rmem"] = "4096 131072 262144",
        ["net.ipv4.tcp_wmem"] = "4096 16384 262144",
    };

    /// <summary>What its people are told of a runner that has more.</summary>
    public static string Sentence(int count, int most) => $"The runner opened {count} sockets, whose buffers are memory of the whole host; its limit is {most}.";

    /// <summary>How many there are in the network namespace of a process; 0 where it is gone, or cannot be looked into.</summary>
    public static int CountOf(int process)
    {
        try
        {
            // `sockets: used 43`; the lines after it count the host's.
            var first = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/net/sockstat").FirstOrDefault();
            return first?.Split(' ') is ["sockets:", "used", var used, ..] ? int.Parse(used, CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
