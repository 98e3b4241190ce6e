using Microsoft.AspNetCore.SignalR;

namespace SafeConsole.Gateway.Console;

/// <summary>The hub's connections of each person, at most 10, so that signing out closes them and nobody holds the gateway's memory with thousands of streams.</summary>
public sealed class HubConnections
{
    /// <summary>The connections of one person.</summary>
    public const int MostPerPerson = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<HubCallerContext>> open = [];

    /// <summary>Adds a connection; false when its person has too many.</summary>
    public bool TryAdd(string person, HubCallerContext connection)
    {
        lock (gate)
        {
            if (!open.TryGetValue(person, out var connections))
                open[person] = connections = [];
            if (connections.Count >= MostPerPerson)
                return false;
            connections.Add(connection);
            return true;
        }
    }

    /// <summary>Removes a connection, if it is there.</summary>
    public void Remove(string person, HubCallerContext connection)
    {
        lock (gate)
        {
            if (open.TryGetValue(person, out var connections) && connections.Remove(connection) && connections.Count == 0)
                open.Remove(person);
        }
    }

    /// <summary>Closes all connections of a person.</summary>
    public void Abort(string person)
    {
        HubCallerContext[] connections;
        lock (gate)
            connections = open.TryGetValue(person, out var own) ? [.. own] : [];
        foreach (var connection in connections)
            connection.Abort();
    }
}
