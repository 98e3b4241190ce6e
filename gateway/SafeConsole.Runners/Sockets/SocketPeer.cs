using System.Globalization;
using System.Net.Sockets;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sockets;

/// <summary>
/// Who connected to a Unix socket: the user, and the number of the process namespace, which is a runner's own; 0 where it cannot be told, for the process is gone or not to be looked at.
/// </summary>
public sealed record SocketPeer(uint User, ulong Namespace)
{
    private const int SolSocket = 1;
    private const int PeerCredentials = 17;
    private const int PeerDescriptor = 77;

    /// <summary>This process, as a peer of itself.</summary>
    public static SocketPeer Own { get; } = new(ReadOwnUser(), NamespaceOf("self"));

    /// <summary>The peer of a connected Unix socket.</summary>
    public static SocketPeer Of(Socket socket)
    {
        // struct ucred of unix(7): process, user, group, 32 bits each.
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SolSocket, PeerCredentials, credentials);
        var (process, user) = (BitConverter.ToInt32(credentials), BitConverter.ToUInt32(credentials[4..]));
        return new SocketPeer(user, process > 0 ? NamespaceOf(socket, process) : 0);
    }

    /// <summary>For the log: the user, and the namespace where users do not tell runners apart.</summary>
    public override string ToString() => User == Own.User ? $"user {User} in process namespace {Namespace}" : $"user {User}";

    // The descriptor names one process for ever: while that is there, its number is nobody else's.
    private static ulong NamespaceOf(Socket socket, int process)
    {
        using var peer = DescriptorOf(socket, process);
        var number = peer is null ? 0 : NamespaceOf(process.ToString(CultureInfo.InvariantCulture));
        return peer is { Exists: true } ? number : 0;
    }

    // SO_PEERPIDFD, since Linux 6.5. On older ones the number could be another's already, in the moment since it connected.
    private static ProcessDescriptor? DescriptorOf(Socket socket, int process)
    {
        Span<byte> descriptor = stackalloc byte[sizeof(int)];
        try
        {
            socket.GetRawSocketOption(SolSocket, PeerDescriptor, descriptor);
            return new ProcessDescriptor(BitConverter.ToInt32(descriptor));
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.ProtocolOption ? ProcessDescriptor.Open(process) : null;
        }
    }

    // `pid:[4026531836]`, namespaces(7).
    private static ulong NamespaceOf(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/pid").LinkTarget is { } link ? ulong.Parse(link.AsSpan("pid:[".Length).TrimEnd(']'), CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // The second field of /proc/self/status' Uid line is the effective user, proc_pid_status(5).
    private static uint ReadOwnUser() =>
        uint.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2], CultureInfo.InvariantCulture);
}
