using System.Net.Sockets;
using System.Text;

namespace SafeConsole.Runners.Sockets;

/// <summary>
/// A database client's own socket, which an agent passed on by its link instead of copying bytes between the two. Who passes it may keep it, change its options at any time and
/// pass something else: whoever reads or writes it must be prepared to wait, and have a thread for that.
/// </summary>
public sealed class PassedSocket : IDisposable
{
    /// <summary>What a link begins with that passes a socket. No HTTP request begins with a lower-case letter.</summary>
    public const byte FirstByte = (byte)'s';

    /// <summary>The answer when the gateway serves the socket from now on.</summary>
    public const byte Accepted = (byte)'a';

    /// <summary>The answer when the bytes must come by the link itself.</summary>
    public const byte Busy = (byte)'b';

    /// <summary>The answer to everything else.</summary>
    public const byte Refused = (byte)'r';

    private const string Preface = "safeconsole-socket/1 ";
    private const int LongestPreface = 128;

    private PassedSocket(Socket socket, string key)
    {
        Socket = socket;
        Key = key;
    }

    /// <summary>A connected TCP socket.</summary>
    public Socket Socket { get; }

    /// <summary>The key of the session that it is for, as the sender says.</summary>
    public string Key { get; }

    /// <summary>
    /// Takes what waits on a link: the line `safeconsole-socket/1 KEY` whole, with one descriptor. Null where it is anything else; then whatever came is closed. Never waits.
    /// </summary>
    public static PassedSocket? TryReceive(Socket link)
    {
        Span<byte> text = stackalloc byte[LongestPreface];
        var length = SocketMessage.Receive(link, text, out var descriptor);
        if (descriptor is null)
            return null;
        if (length < 1 || text[length - 1] != '\n' || !text.StartsWith(Encoding.ASCII.GetBytes(Preface)) || Open(descriptor) is not { } socket)
        {
            descriptor.Dispose();
            return null;
        }

        return new PassedSocket(socket, Encoding.ASCII.GetString(text[Preface.Length..(length - 1)]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            // Closing must not wait for a peer that does not read, whatever the sender wanted.
            Socket.LingerState = new LingerOption(false, 0);
        }
        catch (SocketException)
        {
            // Not every socket has the option, and one without cannot wait.
        }
        Socket.Dispose();
    }

    private static Socket? Open(SafeSocketHandle descriptor)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(descriptor);
            if (socket is { SocketType: SocketType.Stream, Connected: true } && IsKnown(socket.AddressFamily, socket.ProtocolType))
                return socket;
        }
        catch (Exception unfit) when (unfit is SocketException or ArgumentException or NotSupportedException or ObjectDisposedException)
        {
            // A file, a pipe, or a socket that is none of those that a database client has.
        }
        socket?.Dispose();
        return null;
    }

    private static bool IsKnown(AddressFamily family, ProtocolType protocol) => family switch
    {
        AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 => protocol == ProtocolType.Tcp,
        // Not AF_UNIX: descriptors can come through it, and closing those is the receiver's; agents relay such clients.
        _ => false,
    };
}
