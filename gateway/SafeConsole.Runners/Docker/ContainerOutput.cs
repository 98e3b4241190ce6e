using System.Text;
using Docker.DotNet;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Docker;

/// <summary>
/// The three standard streams of a container's agent. The ticket goes in, which so stands neither in the container's settings nor on the engine's
/// disk; what the agent says comes out and goes to the runner's log.
/// </summary>
internal sealed class ContainerOutput : IDisposable
{
    // What the agent writes as soon as it runs.
    private const string RunningLine = "running";
    private const int BufferBytes = 16 * 1024;

    private readonly MultiplexedStream stream;
    private readonly RunnerLog log;
    private readonly TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ContainerOutput(MultiplexedStream stream, RunnerLog log)
    {
        this.stream = stream;
        this.log = log;
        Ended = ReadAsync();
    }

    /// <summary>Completes when the agent has said that it runs.</summary>
    public Task Running => running.Task;

    /// <summary>Completes when the container has ended, or the engine. Never faults.</summary>
    public Task Ended { get; }

    /// <summary>The newest line of a failure that the agent wrote to its standard error.</summary>
    public string? LastError { get; private set; }

    /// <summary>Hands the agent its secret; it reads nothing else.</summary>
    public async Task SendTicketAsync(RunnerTicket ticket, CancellationToken cancellationToken)
    {
        var line = Encoding.ASCII.GetBytes(ticket.Secret + "\n");
        await stream.WriteAsync(line, 0, line.Length, cancellationToken);
        stream.CloseWrite();
    }

    public void Dispose() => stream.Dispose();

    private async Task ReadAsync()
    {
        var output = new OutputLines(TakeOutput);
        var error = new OutputLines(TakeError);
        var buffer = new byte[BufferBytes];
        try
        {
            while (await stream.ReadOutputAsync(buffer, 0, buffer.Length, CancellationToken.None) is { EOF: false } read)
                (read.Target == MultiplexedStream.TargetStream.StandardError ? error : output).Add(buffer.AsSpan(0, read.Count));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The engine is gone or the runner's end was not waited for; what was read stands.
        }
        output.End();
        error.End();
    }

    private void TakeOutput(string line)
    {
        log.Add(RunnerLog.Agent, line);
        if (line == RunningLine)
            running.TrySetResult();
    }

    private void TakeError(string line)
    {
        log.Add(RunnerLog.Agent, line);
        if (!line.StartsWith(RunnerLog.Information, StringComparison.Ordinal))
            LastError = line;
    }
}
