using SafeConsole.Agent.Link;

namespace SafeConsole.Agent.Terminal;

/// <summary>
/// Carries the terminal's output to the gateway on a thread of its own. Where the gateway does not take it, the pump waits, the pty fills,
/// and the REPL waits: nothing is kept here but one buffer.
/// </summary>
internal sealed class OutputPump(Pty pty, TerminalLink link)
{
    // A prompt is often printed just before its echo is turned off, so look again soon after output, and at leisure otherwise.
    private const int SoonMilliseconds = 5;
    private const int LeisureMilliseconds = 50;

    private readonly EchoWatch echo = new(pty);
    private readonly byte[] message = TerminalLink.NewMessage(FrameKind.Output);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when all output was sent; faults when the link is lost.</summary>
    public Task Ended => ended.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "output" }.Start();

    private void Run()
    {
        try
        {
            var pause = LeisureMilliseconds;
            int length;
            do
            {
                var ready = pty.WaitToRead(pause);
                length = ready ? ReadAllThereIs() : 0;
                pause = length > 0 ? SoonMilliseconds : LeisureMilliseconds;
                ReportEcho();
                if (length > 0)
                    Wait(link.SendAsync(message.AsMemory(0, 1 + length)));
            }
            while (length >= 0);
            ended.SetResult();
        }
        catch (Exception e)
        {
            ended.SetException(e);
        }
    }

    /// <summary>Fills the buffer with what the terminal holds now; -1 when it has ended and nothing was left.</summary>
    private int ReadAllThereIs()
    {
        var length = 0;
        while (1 + length < message.Length)
        {
            var count = pty.Read(message.AsSpan(1 + length));
            if (count < 0 && length == 0)
                return -1;
            if (count <= 0)
                break;
            length += count;
        }
        return length;
    }

    /// <summary>Goes before the output that was read, so the gateway never sees output of the new state under the old one.</summary>
    private void ReportEcho()
    {
        if (echo.Look())
            Wait(link.SendAsync(new[] { (byte)FrameKind.Echo, echo.Visible ? (byte)1 : (byte)0 }));
    }

    private static void Wait(ValueTask sending)
    {
        if (sending.IsCompletedSuccessfully)
            sending.GetAwaiter().GetResult();
        else
            sending.AsTask().GetAwaiter().GetResult();
    }
}
