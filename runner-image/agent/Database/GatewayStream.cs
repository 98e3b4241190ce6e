using System.Net.Sockets;
using System.Text;
using SafeConsole.Agent.Link;

namespace SafeConsole.Agent.Database;

/// <summary>Opens a database connection at the gateway: an HTTP/1.1 upgrade (RFC 9110, section 7.8), after which the socket carries the connection's bytes alone.</summary>
internal static class GatewayStream
{
    private const int LongestAnswer = 4096;
    private const int TimeoutMilliseconds = 10_000;

    /// <summary>Connects and waits for the gateway's consent. Throws <see cref="AgentFailedException"/> with its status where it refuses, <see cref="SocketException"/> where it is gone.</summary>
    public static Socket Open(GatewayAddress gateway, string authorization)
    {
        var socket = gateway.OpenSocket(TimeoutMilliseconds);
        try
        {
            SendAll(socket, Encoding.ASCII.GetBytes($"GET /link/database HTTP/1.1\r\nHost: gateway\r\nConnection: Upgrade\r\nUpgrade: safeconsole-database\r\nAuthorization: {authorization}\r\n\r\n"));
            var answer = ReadAnswer(socket);
            if (!answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
                throw new AgentFailedException($"The gateway refused a database connection: {answer.Split('\r')[0]}.");
            socket.ReceiveTimeout = socket.SendTimeout = 0;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends all of it, waiting for room.</summary>
    public static void SendAll(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[socket.Send(bytes)..];
    }

    // Byte by byte, so that nothing is taken of what follows the answer's empty line.
    private static string ReadAnswer(Socket socket)
    {
        Span<byte> answer = stackalloc byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length && socket.Receive(answer.Slice(length, 1)) == 1)
        {
            length++;
            if (answer[..length].EndsWith("\r\n\r\n"u8))
                return Encoding.ASCII.GetString(answer[..length]);
        }
        throw new AgentFailedException("The gateway's answer to a database connection broke off.");
    }
}
