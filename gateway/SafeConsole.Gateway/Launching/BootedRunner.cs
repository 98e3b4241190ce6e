using SafeConsole.Runners;
using SafeConsole.Runners.Frames;

namespace SafeConsole.Gateway.Launching;

/// <summary>
/// A runner whose agent has linked and found no way out, and which nothing was started in: it has no session, no database and no secret that is
/// worth anything. It serves one session and is then disposed.
/// </summary>
public sealed class BootedRunner(RunnerSpec spec, string launcher, IRunner runner, RunnerLink link, HelloFrame hello, LiveRunners live) : IAsyncDisposable
{
    /// <summary>The id that the gateway gave it.</summary>
    public string Id => spec.Runner;

    /// <summary>The launcher that started it.</summary>
    public string Launcher => launcher;

    /// <summary>What it is made like.</summary>
    public RunnerShape Shape => spec.Shape;

    /// <summary>What its agent and its engine say.</summary>
    public RunnerLog Log => spec.Log;

    /// <summary>The runner itself.</summary>
    public IRunner Runner => runner;

    /// <summary>Its agent's link, on which nothing was said yet but the hello.</summary>
    public RunnerLink Link => link;

    /// <summary>What its agent said first.</summary>
    public HelloFrame Hello => hello;

    /// <summary>
    /// Why no session can be started in it any more, in a sentence; null while one can. An agent says nothing before it was told to start something, so one that does is not to be used.
    /// </summary>
    public string? Fault => runner.Exited.IsCompleted ? runner.EndSentence ?? "A warm runner ended before a session came."
        : link.IsHeard ? "A warm runner's link to the gateway broke before a session came." : null;

    /// <summary>Completes as soon as there is a <see cref="Fault"/>. To be called once.</summary>
    public Task WatchAsync() => Task.WhenAny(runner.Exited, link.ListenAsync());

    /// <summary>Kills it and everything in it. Throws when it does not go within the time; the sweep then goes on trying.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await runner.StopAsync(cancellationToken);
            await runner.DisposeAsync().AsTask().WaitAsync(cancellationToken);
        }
        finally
        {
            live.Disown(Id);
            spec.Log.Complete();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);
}
