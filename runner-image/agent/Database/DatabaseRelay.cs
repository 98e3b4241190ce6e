using System.Net.Sockets;
using SafeConsole.Agent.Link;
using SafeConsole.Agent.Reports;

namespace SafeConsole.Agent.Database;

/// <summary>
/// One database connection. Where the gateway takes the REPL's socket itself, that is all; elsewhere bytes go from the REPL's socket to the gateway and back, as they are. Each
/// direction has a thread that waits in the kernel, so a statement costs one wake-up each way.
/// </summary>
internal sealed class DatabaseRelay(Socket client, Socket gateway)
{
    private const int BufferBytes = 64 * 1024;
    private const int StackBytes = 128 * 1024;

    // As many as the gateway takes of one runner.
    private const int MostConnections = 64;

    private static int connections;

    /// <summary>Relays on threads of its own until either side has closed and the other has got every byte. Never throws: a connection that is lost or one too many just ends.</summary>
    public static void Start(Socket client, GatewayAddress address, string key)
    {
        try
        {
            StartThread(() => Serve(client, address, key));
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            client.Dispose();
        }
    }

    private static void Serve(Socket client, GatewayAddress address, string key)
    {
        using var _ = client;
        try
        {
            if (Interlocked.Increment(ref connections) > MostConnections)
                return;
            if (SocketPass.TryPass(client, address, key))
                return;
            using var gateway = GatewayStream.Open(address, "Link " + key);
            new DatabaseRelay(client, gateway).Run();
        }
        catch (AgentFailedException e)
        {
            // The REPL sees its connection end; the runner goes on.
            AgentLog.Say(e.Message);
        }
        catch (Exception e) when (e is SocketException or OutOfMemoryException or ThreadStartException)
        {
            // The gateway is gone, or there is no thread to be had; closing is all there is to do.
        }
        finally
        {
            Interlocked.Decrement(ref connections);
        }
    }

    private void Run()
    {
        // The client may end its sending and still wait for answers; so may not the gateway: when it has closed, all is over.
        var toGateway = StartThread(() => Copy(client, gateway));
        Copy(gateway, client);
        ShutDown(client, SocketShutdown.Both);
        ShutDown(gateway, SocketShutdown.Both);
        toGateway.Join();
    }

    private static Thread StartThread(Action work)
    {
        var thread = new Thread(() => work(), StackBytes) { IsBackground = true, Name = "database" };
        thread.Start();
        return thread;
    }

    private static void Copy(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            int length;
            while ((length = from.Receive(buffer)) > 0)
                GatewayStream.SendAll(to, buffer.AsSpan(0, length));
        }
        catch (SocketException)
        {
            // One of the two is gone, and so this direction.
        }
        ShutDown(to, SocketShutdown.Send);
    }

    private static void ShutDown(Socket socket, SocketShutdown how)
    {
        try
        {
            socket.Shutdown(how);
        }
        catch (SocketException)
        {
            // It is gone already.
        }
    }
}
