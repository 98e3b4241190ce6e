using SafeConsole.Runners;
using SafeConsole.Runners.Frames;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// Carries a terminal's bytes, each way through the transcript: input is sent after it was recorded, output is seen because viewers
/// follow the transcript. Input is kept in order and bounded; output stops while its owner lags.
/// </summary>
public sealed class TerminalPump(RunnerLink link, Transcript transcript, OwnerLag lag, EndingSignal ending, RunnerLog log, TimeProvider time) : IDisposable
{
    /// <summary>The longest input of one call, in bytes.</summary>
    public const int LongestInput = 64 * 1024;

    // Appends that may wait for the disk at once: group commit makes one write of them.
    private const int PendingOutputs = 64;
    private const int PendingInputs = 64;

    private readonly SemaphoreSlim inputs = new(1, 1);
    private readonly Queue<Task> outputs = [];
    private long lastInput = time.GetTimestamp();
    private int waitingInputs;
    private readonly HiddenInput hidden = new(time);

    /// <summary>What the agent last said that its runner uses; null where it was not asked to, for the launcher can tell.</summary>
    public RunnerUsage? ReportedUsage { get; private set; }

    /// <summary>The time since somebody typed.</summary>
    public TimeSpan SinceInput => time.GetElapsedTime(Interlocked.Read(ref lastInput));

    /// <summary>Carries output until the link closes or the token is cancelled; sets the session's ending where the link tells one.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await link.ReceiveAsync(cancellationToken) is { } frame)
                await HandleAsync(frame, cancellationToken);
        }
        finally
        {
            await DrainAsync(0);
        }
    }

    /// <summary>Records input and sends it; completes when both are done, or the session has ended meanwhile. Throws <see cref="InputRefusedException"/> when the REPL does not read.</summary>
    public async Task InputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref waitingInputs) > PendingInputs)
                throw new InputRefusedException("The REPL is not reading its input; wait until it does, or press Ctrl-C.");
            await inputs.WaitAsync(cancellationToken);
            try
            {
                Interlocked.Exchange(ref lastInput, time.GetTimestamp());
                await RecordAsync(data, cancellationToken);
                await SendAsync(data, cancellationToken);
            }
            finally
            {
                inputs.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waitingInputs);
        }
    }

    /// <summary>Records the terminal's new size and sets it.</summary>
    public async Task ResizeAsync(int columns, int rows, CancellationToken cancellationToken)
    {
        await transcript.AppendAsync(new TerminalResized(columns, rows), cancellationToken);
        await link.ResizeAsync(columns, rows, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => inputs.Dispose();

    // "exit" ends the session, perhaps before this returns. It is on record, and everybody is told of the end.
    private async Task SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            await link.SendInputAsync(data, cancellationToken);
        }
        catch (Exception) when (ending.Ended.IsCompleted)
        {
        }
    }

    private async Task RecordAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var secret = hidden.Hide(data.Span);
        if (secret > 0)
            await transcript.AppendAsync(new TerminalInput(null, secret), cancellationToken);
        if (hidden.TakeNotice() is { } sentence)
            await transcript.AppendAsync(new SessionNoticed(HiddenInput.NoticeCode, sentence), cancellationToken);
        if (secret < data.Length)
            await transcript.AppendAsync(new TerminalInput(TerminalBytes.From(data.Span[secret..]), null), cancellationToken);
    }

    private async ValueTask HandleAsync(RunnerFrame frame, CancellationToken cancellationToken)
    {
        switch (frame)
        {
            case OutputFrame output when output.Data.Length > 0:
                outputs.Enqueue(AppendAsync(output.Data.Span));
                await DrainAsync(PendingOutputs);
                await lag.WaitForRoomAsync(cancellationToken);
                break;
            case EchoFrame echo:
                hidden.SetEcho(echo.Visible);
                break;
            case ExitFrame { Code: { } code }:
                ending.TryEnd(SessionEndReason.ReplExited, $"The REPL exited with code {code}.", code);
                break;
            case ExitFrame { Signal: { } signal }:
                ending.TryEnd(SessionEndReason.ReplExited, $"The REPL was ended by signal {signal}.", 128 + signal);
                break;
            case UsageFrame usage:
                ReportedUsage = new RunnerUsage(TimeSpan.FromSeconds(usage.Processor), usage.Memory);
                break;
            case LogFrame line:
                log.Add(RunnerLog.Agent, line.Text);
                break;
            case FailureFrame failure:
                ending.TryEnd(SessionEndReason.LaunchFailed, failure.Message);
                break;
        }
    }

    // The frame's bytes are copied before the first await: they are valid until the next frame only.
    private Task AppendAsync(ReadOnlySpan<byte> data)
    {
        var cost = lag.Appending(data.Length);
        return RecordAsync(transcript.AppendAsync(new TerminalOutput(TerminalBytes.From(data)), CancellationToken.None), cost);
    }

    private async Task RecordAsync(Task<long> append, int cost) => lag.Recorded(await append, cost);

    private async Task DrainAsync(int most)
    {
        while (outputs.TryPeek(out var oldest) && (outputs.Count > most || oldest.IsCompleted))
        {
            await oldest;
            _ = outputs.Dequeue();
        }
    }
}
