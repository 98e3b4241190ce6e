using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using SafeConsole.Agent.Link;
using SafeConsole.Agent.Native;

namespace SafeConsole.Agent.Database;

/// <summary>
/// Passes a database client's own socket on to the gateway, with SCM_RIGHTS of unix(7): one line with the key beside the descriptor, one byte back. From then on the gateway
/// reads and writes the client itself.
/// </summary>
internal static unsafe class SocketPass
{
    private const byte Accepted = (byte)'a';
    private const byte Busy = (byte)'b';
    private const byte Refused = (byte)'r';
    private const int SolSocket = 1;
    private const int ScmRights = 1;
    private const int TimeoutMilliseconds = 10_000;

    // struct cmsghdr and one descriptor.
    private const int ControlHeader = 16;
    private const int ControlBytes = ControlHeader + sizeof(int);

    private static volatile bool isUnknown;

    /// <summary>
    /// True when the gateway serves the client from now on; false when its bytes must be relayed. Throws <see cref="AgentFailedException"/> where the gateway refuses,
    /// <see cref="SocketException"/> where it is gone.
    /// </summary>
    public static bool TryPass(Socket client, GatewayAddress gateway, string key)
    {
        // A Unix socket could carry descriptors into the gateway, so such clients are relayed.
        if (isUnknown || gateway.IsRemote || client.AddressFamily == AddressFamily.Unix)
            return false;
        using var link = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = TimeoutMilliseconds, SendTimeout = TimeoutMilliseconds };
        link.Connect(gateway.EndPoint);
        Send(link, client, Encoding.ASCII.GetBytes($"safeconsole-socket/1 {key}\n"));
        Span<byte> answer = stackalloc byte[1];
        if (link.Receive(answer) == 0)
            throw new AgentFailedException("The gateway's answer to a database connection broke off.");
        switch (answer[0])
        {
            case Accepted:
                return true;
            case Busy:
                return false;
            case Refused:
                throw new AgentFailedException("The gateway refused a database connection.");
            default:
                // What answers speaks HTTP alone, and will not learn.
                isUnknown = true;
                return false;
        }
    }

    // So short a message is sent whole or not at all.
    private static void Send(Socket link, Socket passed, ReadOnlySpan<byte> line)
    {
        var control = stackalloc long[(ControlBytes + sizeof(long) - 1) / sizeof(long)];
        *(nuint*)control = ControlBytes;
        ((int*)control)[2] = SolSocket;
        ((int*)control)[3] = ScmRights;
        ((int*)control)[4] = (int)passed.Handle;
        fixed (byte* first = line)
        {
            var part = new MessagePart { Start = first, Length = (nuint)line.Length };
            var message = new MessageHeader { Parts = &part, PartCount = 1, Control = control, ControlLength = ControlBytes };
            if (Libc.SendMessage((int)link.Handle, &message, 0) != line.Length)
                throw new AgentFailedException($"A database connection could not be passed on: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
        GC.KeepAlive(passed);
        GC.KeepAlive(link);
    }
}
