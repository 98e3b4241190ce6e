using System.Globalization;
using SafeConsole.Policies;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// Ends a session at the limits of the policy in force: session length and idle time. Idle is the time without input and without a running
/// statement. Five minutes before either, a notice is recorded, where the limit is ten minutes or more.
/// </summary>
public sealed class SessionClock : IAsyncDisposable
{
    private static readonly TimeSpan NoticeBefore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ClockNoise = TimeSpan.FromSeconds(1);
    private readonly ConsoleSession session;
    private readonly PolicyStore policies;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long lastBusy;
    private bool lengthNoticed;
    private bool idleNoticed;

    /// <summary>Starts the clock of a session.</summary>
    public SessionClock(ConsoleSession session, PolicyStore policies, TimeProvider time)
    {
        this.session = session;
        this.policies = policies;
        this.time = time;
        lastBusy = time.GetTimestamp();
        timer = time.CreateTimer(_ => Check(), null, Tick, Tick);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => timer.DisposeAsync();

    /// <summary>A duration in words, such as `15 minutes` or `1 hour 30 minutes`.</summary>
    public static string Words(TimeSpan duration)
    {
        string?[] parts = [Part((int)duration.TotalHours, "hour"), Part(duration.Minutes, "minute"), Part(duration.Seconds, "second")];
        var words = string.Join(' ', parts.Where(part => part is not null));
        return words.Length > 0 ? words : "0 seconds";
    }

    private static string? Part(int count, string unit) =>
        count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");

    private void Check()
    {
        // A target that is gone ends the session elsewhere; until then its last limits hold.
        var limits = policies.Current.Targets.GetValueOrDefault(session.Target.Name, session.Target).Limits;
        CheckLength(limits.SessionLength);
        CheckIdle(limits.Idle);
    }

    private void CheckLength(TimeSpan length)
    {
        var left = length - session.Age;
        // A clock that is set changes the hour of the end, not the session's length.
        var end = time.GetUtcNow() + left;
        if ((end - session.EndsAt).Duration() > ClockNoise)
            session.EndsAt = end;
        if (left <= TimeSpan.Zero)
        {
            session.Ending.TryEnd(SessionEndReason.SessionLimit,
                $"Ended after {Words(length)}, the session length that the policy of {session.Target.Name} allows. Open a new session to go on.");
        }
        else if (left > NoticeBefore)
        {
            lengthNoticed = false;
        }
        else if (!lengthNoticed && length >= 2 * NoticeBefore)
        {
            lengthNoticed = true;
            Notice("session-limit-near", $"This session ends in {Words(NoticeBefore)}: the policy of {session.Target.Name} allows {Words(length)}.");
        }
    }

    private void CheckIdle(TimeSpan idle)
    {
        if (session.Terminal is not { } terminal || session.Database is { IsBusy: true })
        {
            lastBusy = time.GetTimestamp();
            return;
        }

        var sinceBusy = time.GetElapsedTime(lastBusy);
        var still = terminal.SinceInput < sinceBusy ? terminal.SinceInput : sinceBusy;
        if (still >= idle)
        {
            session.Ending.TryEnd(SessionEndReason.IdleLimit,
                $"Ended after {Words(idle)} without input; the policy of {session.Target.Name} allows {Words(idle)}. Open a new session to go on.");
        }
        else if (idle - still > NoticeBefore)
        {
            idleNoticed = false;
        }
        else if (!idleNoticed && idle >= 2 * NoticeBefore)
        {
            idleNoticed = true;
            Notice("idle-limit-near", $"Without input this session ends in {Words(NoticeBefore)}: the policy of {session.Target.Name} allows {Words(idle)} of idling.");
        }
    }

    // A notice that cannot be recorded is no matter of its own: the transcript's failure ends the session.
    private void Notice(string code, string sentence) =>
        _ = session.Transcript.AppendAsync(new SessionNoticed(code, sentence), CancellationToken.None)
            .ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
