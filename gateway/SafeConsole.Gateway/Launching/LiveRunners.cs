using System.Collections.Concurrent;

namespace SafeConsole.Gateway.Launching;

/// <summary>
/// The runners that something in this gateway owns: a launch, the warm pool or a session. All others that bear the gateway's label are
/// leftovers. A runner stands here before it is launched and until it is gone.
/// </summary>
public sealed class LiveRunners
{
    private readonly ConcurrentDictionary<string, LinkArrival> arrivals = new(StringComparer.Ordinal);

    /// <summary>Takes ownership of a runner that is about to be launched; where its link arrives. Throws <see cref="InvalidOperationException"/> when it is owned.</summary>
    public LinkArrival Own(string runner)
    {
        var arrival = new LinkArrival();
        return arrivals.TryAdd(runner, arrival) ? arrival : throw new InvalidOperationException($"Runner {runner} is launched twice.");
    }

    /// <summary>Where the link of an owned runner arrives; null for all others.</summary>
    public LinkArrival? Find(string runner) => arrivals.GetValueOrDefault(runner);

    /// <summary>True for a runner that something owns.</summary>
    public bool Owns(string runner) => arrivals.ContainsKey(runner);

    /// <summary>Gives a runner up: from now on it is a leftover, if it is still there. Lets the request of its link end.</summary>
    public void Disown(string runner)
    {
        if (arrivals.TryRemove(runner, out var arrival))
            arrival.Release();
    }
}
