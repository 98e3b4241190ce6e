using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SafeConsole.Agent.Database;
using SafeConsole.Agent.Link;
using SafeConsole.Agent.Reports;
using SafeConsole.Agent.Terminal;

namespace SafeConsole.Agent;

/// <summary>
/// The agent's one flow: hello, wait for the order to start, run the REPL, report its end. <paramref name="terminated"/> completes when the
/// engine wants the runner to end.
/// </summary>
internal sealed class AgentSession(TerminalLink link, AgentSettings settings, Task<NetworkReport> network, Task terminated)
{
    private const int ProtocolVersion = 1;

    // Engines kill ten seconds or more after they have asked.
    private static readonly TimeSpan LastOutputGrace = TimeSpan.FromSeconds(3);

    /// <summary>Runs to the end of the REPL or of the link; returns the agent's exit code.</summary>
    public async Task<int> RunAsync()
    {
        var agent = typeof(AgentSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var report = await network;
        AgentLog.Say($"version {agent} links; network: {report.Evidence}");
        await link.SendAsync(FrameKind.Hello, new HelloFrame(ProtocolVersion, agent, report), LinkJson.Default.HelloFrame);
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

    /// <summary>Null when the gateway changed its mind, by a stop or a closed link instead of a start, or the engine did.</summary>
    private async Task<StartFrame?> ReceiveStartAsync()
    {
        var received = link.ReceiveAsync().AsTask();
        if (await Task.WhenAny(received, terminated) == terminated)
            return null;
        return await received switch
        {
            null or (FrameKind.Stop, _) => null,
            (FrameKind.Start, var body) => Parse(body, LinkJson.Default.StartFrame),
            var (kind, _) => throw new AgentFailedException($"The gateway sent '{(char)kind}' before the start."),
        };
    }

    private async Task RunReplAsync(StartFrame start)
    {
        if (start.Report)
        {
            AgentLog.Forward(link);
            _ = UsageReporter.RunAsync(link);
        }

        var command = ReplCommand.Resolve(start, settings.ProcessLimit);
        using var database = start.Database is { } endpoint ? DatabaseListener.Start(endpoint, settings.Gateway, start.Key) : null;
        // Not disposed: two threads use it until the process ends, and the process ends with it.
        var pty = Pty.Open(start.Columns, start.Rows);
        var repl = ReplProcess.Start(command, pty);
        AgentLog.Say($"started {start.Command[0]} on {pty.Name}, {start.Columns}x{start.Rows}");
        var output = new OutputPump(pty, link);
        output.Start();

        var orders = ObeyAsync(pty, repl);
        var finished = FinishAsync(repl, output);
        var first = await Task.WhenAny(orders, finished, HangUpWhenTerminatedAsync(repl));
        await first;
        if (first == finished)
            await link.CloseAsync(orders);
    }

    /// <summary>Input, resizes and the stop. Ends when the link is closed, of which a terminal that takes nothing keeps no news away.</summary>
    private async Task ObeyAsync(Pty pty, ReplProcess repl)
    {
        var input = new InputWriter(pty, () => link.SendAsync((byte[])[(byte)FrameKind.Output, (byte)'\a']));
        input.Start();
        while (await link.ReceiveAsync() is var (kind, body))
        {
            switch (kind)
            {
                case FrameKind.Input:
                    input.Add(body.Span);
                    break;
                case FrameKind.Resize:
                    var size = Parse(body, LinkJson.Default.ResizeFrame);
                    pty.Resize(size.Columns, size.Rows);
                    break;
                case FrameKind.Stop:
                    AgentLog.Say("the gateway asks to stop");
                    await repl.StopAsync();
                    break;
                default:
                    throw new AgentFailedException($"The gateway sent '{(char)kind}', which has no meaning here.");
            }
        }
    }

    /// <summary>Ends when the REPL is gone and the gateway has had its time to take the rest.</summary>
    private async Task HangUpWhenTerminatedAsync(ReplProcess repl)
    {
        await terminated;
        await repl.StopAsync();
        await Task.Delay(LastOutputGrace);
    }

    private async Task FinishAsync(ReplProcess repl, OutputPump output)
    {
        var exit = await repl.Exited;
        AgentLog.Say(exit.Signal is { } signal ? $"the REPL was ended by signal {signal}" : $"the REPL exited with code {exit.Code}");
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
