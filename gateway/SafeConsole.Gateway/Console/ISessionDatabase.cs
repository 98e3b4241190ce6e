using System.Net.Sockets;
using SafeConsole.Proxy;
using SafeConsole.Proxy.Threads;

namespace SafeConsole.Gateway.Console;

/// <summary>A session's way to its replica: the proxy, as the session sees it.</summary>
public interface ISessionDatabase : IAsyncDisposable
{
    /// <summary>True while a statement runs, which counts as activity.</summary>
    bool IsBusy { get; }

    /// <summary>Completes with a sentence when the replica stopped being a safe one; the session must end.</summary>
    Task<string> Tripped { get; }

    /// <summary>Proves that the replica is what the policy says, and records the proof.</summary>
    Task<PinProof> ProveAsync(CancellationToken cancellationToken);

    /// <summary>Serves one database connection of the REPL until it is over.</summary>
    Task RelayAsync(Stream client, CancellationToken cancellationToken);

    /// <summary>The same by the client's own socket, on threads that wait in the kernel. Both stay the caller's to dispose.</summary>
    Task RelayAsync(Socket client, RelayThreadPair threads, CancellationToken cancellationToken);
}
