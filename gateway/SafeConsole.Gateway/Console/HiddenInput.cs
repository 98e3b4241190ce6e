using System.Globalization;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// Decides what typed input is left out of the record. A password is typed while the terminal's echo is off; but a program may turn echo off
/// and read commands, so no more than 2 lines and 256 bytes are hidden each time that it goes off, and no more than 10 lines and 1,280 bytes in ten minutes,
/// however often it comes back. What follows is recorded as text, and <see cref="TakeNotice"/> says so to whoever types.
/// </summary>
public sealed class HiddenInput(TimeProvider time)
{
    /// <summary>The code of the notices in the transcript.</summary>
    public const string NoticeCode = "hidden-input-recorded";

    /// <summary>The bytes hidden in one phase.</summary>
    public const int MostBytes = 256;

    /// <summary>The lines hidden in one phase.</summary>
    public const int MostLines = 2;

    /// <summary>The bytes hidden in one <see cref="Span"/>.</summary>
    public const int MostBytesInSpan = 1280;

    /// <summary>The lines hidden in one <see cref="Span"/>.</summary>
    public const int MostLinesInSpan = 10;

    /// <summary>It begins with the first hidden byte after the last one's end.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private bool off;
    private Count phase;
    private Count span;
    private DateTimeOffset spanEnds = DateTimeOffset.MinValue;
    private bool toldOfPhase;
    private string? notice;

    /// <summary>The terminal's echo is on or off from here on.</summary>
    public void SetEcho(bool visible)
    {
        lock (gate)
        {
            if (visible || !off)
                (phase, toldOfPhase) = (default, false);
            off = !visible;
        }
    }

    /// <summary>How many of the first bytes of this input stay off the record; the rest is recorded.</summary>
    public int Hide(ReadOnlySpan<byte> data)
    {
        lock (gate)
        {
            if (!off)
                return 0;
            BeginSpan();
            var count = 0;
            while (count < data.Length && phase.IsBelow(MostBytes, MostLines) && span.IsBelow(MostBytesInSpan, MostLinesInSpan))
            {
                var next = data[count++];
                phase = phase.With(next);
                span = span.With(next);
                if (!span.IsBelow(MostBytesInSpan, MostLinesInSpan))
                    notice = string.Create(CultureInfo.InvariantCulture, $"Much was typed here without echo. Until {spanEnds:HH:mm:ss} UTC all that is typed is recorded as text, passwords too.");
            }

            TellOfPhase(isOver: count < data.Length);
            return count;
        }
    }

    /// <summary>
    /// A sentence that is due, once: before anything is typed that is recorded because this session has hidden enough; and with the first of it where one phase has.
    /// </summary>
    public string? TakeNotice()
    {
        lock (gate)
        {
            var taken = notice;
            notice = null;
            return taken;
        }
    }

    private void BeginSpan()
    {
        var now = time.GetUtcNow();
        if (now < spanEnds)
            return;
        (span, spanEnds) = (default, now + Span);
    }

    // Two passwords are often asked for in one phase, so that is no reason yet to speak of a third.
    private void TellOfPhase(bool isOver)
    {
        if (!isOver || toldOfPhase || !span.IsBelow(MostBytesInSpan, MostLinesInSpan))
            return;
        toldOfPhase = true;
        notice = $"What is typed now is recorded as text though it is not shown: no more than {MostLines} lines at a time are left out.";
    }

    private readonly record struct Count(int Bytes, int Lines)
    {
        public bool IsBelow(int bytes, int lines) => Bytes < bytes && Lines < lines;

        public Count With(byte next) => new(Bytes + 1, next is (byte)'\r' or (byte)'\n' ? Lines + 1 : Lines);
    }
}
