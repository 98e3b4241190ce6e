using System.Net.WebSockets;
using SafeConsole.Agent;
using SafeConsole.Agent.Link;
using SafeConsole.Agent.Native;

// The order is the point: nobody may read our memory once we hold the ticket, nothing is started without the filter, and the launcher hears from us before anything can fail.
try
{
    using var settings = AgentSettings.Take();
    OwnProcess.Shield();
    SystemCallFilter.Install();
    using var termination = new TerminationSignal();
    Console.Out.WriteLine("running");

    var network = NetworkProbe.RunAsync(settings.Gateway);
    using var link = await TerminalLink.ConnectAsync(settings.Gateway, settings.Ticket);
    return await new AgentSession(link, settings, network, termination.Received).RunAsync();
}
catch (AgentFailedException failure)
{
    Console.Error.WriteLine(failure.Message);
    return failure.ExitCode;
}
catch (WebSocketException)
{
    Console.Error.WriteLine("The link to the gateway was lost.");
    return 69;
}
finally
{
    ProcessTree.KillAllButSelf();
}
