using System.Globalization;
using System.Text;
using SafeConsole.Agent.Link;

namespace SafeConsole.Agent;

/// <summary>What the launcher tells the agent, by environment variables and its standard input.</summary>
public sealed class AgentSettings : IDisposable
{
    private const int LongestTicket = 256;

    private AgentSettings(GatewayAddress gateway, string ticket, int? processLimit)
    {
        Gateway = gateway;
        Ticket = ticket;
        ProcessLimit = processLimit;
    }

    /// <summary>Where the gateway listens: `SAFECONSOLE_GATEWAY`, and by TLS whose certificate it has: `SAFECONSOLE_GATEWAY_CA`.</summary>
    public GatewayAddress Gateway { get; }

    /// <summary>The one-time secret: `SAFECONSOLE_TICKET`, or the first line of standard input where an engine would keep and show an environment.</summary>
    public string Ticket { get; }

    /// <summary>
    /// How many processes and threads the REPL's user may have: `SAFECONSOLE_PROCESS_LIMIT`. It is set on the REPL alone, so that a fork
    /// bomb there cannot keep the agent from starting a thread. Null where the engine limits processes itself.
    /// </summary>
    public int? ProcessLimit { get; }

    /// <summary>Reads the variables and removes them from this process's environment. Throws <see cref="AgentFailedException"/>.</summary>
    public static AgentSettings Take()
    {
        var gateway = Take("SAFECONSOLE_GATEWAY") ?? throw new AgentFailedException("SAFECONSOLE_GATEWAY is not set, so the agent does not know its gateway.");
        var ticket = Take("SAFECONSOLE_TICKET") ?? ReadTicket()
            ?? throw new AgentFailedException("Neither SAFECONSOLE_TICKET nor standard input holds a ticket, so the agent cannot prove which session it serves.");
        return new AgentSettings(GatewayAddress.Parse(gateway, Take("SAFECONSOLE_GATEWAY_CA")), ticket, TakeProcessLimit());
    }

    /// <inheritdoc/>
    public void Dispose() => Gateway.Dispose();

    // Byte by byte up to the end of the line: there may never be an end of input.
    private static string? ReadTicket()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> line = stackalloc byte[LongestTicket];
        for (var length = 0; length < line.Length && input.Read(line.Slice(length, 1)) == 1; length++)
        {
            if (line[length] == (byte)'\n')
                return length == 0 ? null : Encoding.ASCII.GetString(line[..length]);
        }
        return null;
    }

    private static int? TakeProcessLimit()
    {
        if (Take("SAFECONSOLE_PROCESS_LIMIT") is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : throw new AgentFailedException("SAFECONSOLE_PROCESS_LIMIT is not a positive number.");
    }

    private static string? Take(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, null);
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
