namespace SafeConsole.Proxy;

/// <summary>Bounds of the proxy that no policy sets.</summary>
public sealed class ProxyOptions
{
    /// <summary>Largest message taken from a REPL, in bytes; also the largest SQL text.</summary>
    public int MaximumMessage { get; init; } = 1024 * 1024;

    /// <summary>How long connecting to the replica, logging in and proving may take together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a REPL may take for its start-up packet.</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far beyond the policy's statement timeout the gateway's own clock cancels.</summary>
    public TimeSpan CancelAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How far beyond the policy's statement timeout the gateway closes the replica's connection.</summary>
    public TimeSpan CloseAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many connections a session may open at once when it has not opened any for a while; a policy that allows more of them open allows more here.</summary>
    public int OpeningsAtOnce { get; init; } = 20;

    /// <summary>How long it takes until one more connection may be opened.</summary>
    public TimeSpan OpeningInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a connection that is opened too soon waits; where its turn comes later it is refused.</summary>
    public TimeSpan LongestOpeningWait { get; init; } = TimeSpan.FromSeconds(5);
}
