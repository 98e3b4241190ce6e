using SafeConsole.Scripting;

namespace SafeConsole.EndToEnd.Runners;

/// <summary>Tells a REPL where the cursor is as often as it asks (DSR, ECMA-48), as a browser's terminal does; irb waits for it.</summary>
internal sealed class CursorAnswers : IAsyncDisposable
{
    private const string Question = "\u001b[6n";
    private const string Answer = "\u001b[3;1R";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource ending = new();
    private readonly Task answering;

    public CursorAnswers(OpenedSession session) => answering = AnswerAsync(session, ending.Token);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private static async Task AnswerAsync(OpenedSession session, CancellationToken cancellationToken)
    {
        for (var answered = 0; ; await Task.Delay(Pause, cancellationToken))
        {
            for (var asked = session.Screen.Split(Question).Length - 1; answered < asked; answered++)
                await session.TypeAsync(Answer);
        }
    }
}
