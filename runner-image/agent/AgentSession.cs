using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SafeConsole.Agent.Database;
using SafeConsole.Agent.Link;
using SafeConsole.Agent.Terminal;

namespace SafeConsole.Agent;

/// <summary>The agent's one flow: hello, wait for the order to start, run the REPL, report its end.</summary>
internal sealed class AgentSession(TerminalLink link, AgentSettings settings, Task<NetworkReport> network)
{
    private const int ProtocolVersion = 1;

    /// <summary>Runs to the end of the REPL or of the link; returns the agent's exit code.</summary>
    public async Task<int> RunAsync()
    {
        var agent = typeof(AgentSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        await link.SendAsync(FrameKind.Hello, new HelloFrame(ProtocolVersion, agent, await network), LinkJson.Default.HelloFrame);
        try
        {
            if (await ReceiveStartAsync() is { } start)
                await RunReplAsync(start);
            return 0;
        }
        catch (AgentFailedException failure)
        {
            await link.SendAsync(FrameKind.Failure, new FailureFrame(failure.Message), LinkJson.Default.FailureFrame);
            await link.CloseAsync(ReceiveUntilClosedAsync());
            return 1;
        }
    }

    /// <summary>Null when the gateway changed its mind: a stop or a closed link instead of a start.</summary>
    private async Task<StartFrame?> ReceiveStartAsync()
    {
        return await link.ReceiveAsync() switch
        {
            null or (FrameKind.Stop, _) => null,
            (FrameKind.Start, var body) => Parse(body, LinkJson.Default.StartFrame),
            var (kind, _) => throw new AgentFailedException($"The gateway sent '{(char)kind}' before the start."),
        };
    }

    private async Task RunReplAsync(StartFrame start)
    {
        var command = ReplCommand.Resolve(start, settings.ProcessLimit);
        using var database = start.Database is { } endpoint ? DatabaseListener.Start(endpoint, settings.Gateway, start.Key) : null;
        // Not disposed: two threads use it until the process ends, and the process ends with it.
        var pty = Pty.Open(start.Columns, start.Rows);
        var repl = ReplProcess.Start(command, pty);
        var output = new OutputPump(pty, link);
        output.Start();

        var orders = ObeyAsync(pty, repl);
        var finished = FinishAsync(repl, output);
        var first = await Task.WhenAny(orders, finished);
        await first;
        if (first == finished)
            await link.CloseAsync(orders);
    }

    /// <summary>Input, resizes and the stop, in the order in which they come. Ends when the link is closed.</summary>
    private async Task ObeyAsync(Pty pty, ReplProcess repl)
    {
        var input = new InputWriter(pty, () => link.SendAsync((byte[])[(byte)FrameKind.Output, (byte)'\a']));
        while (await link.ReceiveAsync() is var (kind, body))
        {
            switch (kind)
            {
                case FrameKind.Input:
                    await input.WriteAsync(body);
                    break;
                case FrameKind.Resize:
                    var size = Parse(body, LinkJson.Default.ResizeFrame);
                    pty.Resize(size.Columns, size.Rows);
                    break;
                case FrameKind.Stop:
                    await repl.StopAsync();
                    break;
                default:
                    throw new AgentFailedException($"The gateway sent '{(char)kind}', which has no meaning here.");
            }
        }
    }

    private async Task FinishAsync(ReplProcess repl, OutputPump output)
    {
        var exit = await repl.Exited;
        await output.Ended;
        await link.SendAsync(FrameKind.Exit, new ExitFrame(exit.Code, exit.Signal), LinkJson.Default.ExitFrame);
    }

    private async Task ReceiveUntilClosedAsync()
    {
        while (await link.ReceiveAsync() is not null)
        {
        }
    }

    private static T Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new AgentFailedException("The gateway sent a message that the agent cannot read.", e);
        }
    }
}
