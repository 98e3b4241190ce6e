using SafeConsole.Transcripts.Events;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

/// <summary>Pins the stored form: transcripts are kept for years, and every one must stay readable and verifiable.</summary>
public sealed class GoldenTests : StoreTest
{
    private const string GoldenHead = "f7ff00d328f705213ecab34aae69ef8352735b083b3bc95d81993f67aff7e3c4";

    private static readonly TranscriptEvent[] Story =
    [
        TestStore.Opened(),
        new RunnerStageReached("queued", 0.25, null),
        new RunnerStageReached("starting", 1, "bwrap"),
        new ReplicaProven(0, true, [new ReplicaCheck("in_recovery", true, false, "pg_is_in_recovery() = t"), new ReplicaCheck("lag", false, true, "7 s")]),
        new ViewerJoined(new Person("https://id.example", "rosa", "Rosa \"R\" Ö")),
        new TerminalResized(132, 43),
        new TerminalInput(TerminalBytes.From("select 'ä🍲' <&>\r"u8)),
        new TerminalInput(null, 12),
        new TerminalOutput(TerminalBytes.From("\u001b[1mid\u001b[0m\t\0\r\n"u8)),
        new TerminalOutput(TerminalBytes.From([0xc3])),
        new DatabaseConnected(1, "psql"),
        new StatementSubmitted(1, 1, "extended", "select $1\n  -- it's \\ \"quoted\""),
        new StatementJudged(1, "approved", "select", "It only reads.", "4f1c", null, null, "select $1"),
        new StatementBound(1, 1, ["7", null, "\\x00ff"]),
        new StatementCompleted(1, 1, 1, 42, 1.5, null, null),
        new StatementSubmitted(2, 1, "simple", "drop table dish"),
        new StatementJudged(2, "denied", "statement-kind", "DROP TABLE changes the database.", "4f1c", "Ask an SRE.", 1, null),
        new StatementCompleted(2, 0, 0, 0, 0, "42501", "DROP TABLE is denied"),
        new SessionNoticed("idle", "The session ends in 60 seconds."),
        new DatabaseDisconnected(1, "repl closed", 42),
        new ViewerLeft(new Person("https://id.example", "rosa", "Rosa \"R\" Ö")),
        new RunnerMeasured(0.25, 52_428_800),
    ];

    [Fact]
    public async Task The_same_events_are_stored_in_the_same_bytes_as_ever()
    {
        Transcript transcript = await Test.Store.CreateAsync(TestStore.Session, default);
        foreach (TranscriptEvent happened in Story)
        {
            await transcript.AppendAsync(happened, default);
            Test.Time.Advance(TimeSpan.FromMicroseconds(1_234_567));
        }

        await transcript.SealAsync(TestStore.End, default);

        Assert.Equal(File.ReadAllText(Golden("transcript.ndjson")), File.ReadAllText(Test.PathOf()));
        Assert.Equal(GoldenHead, (await Test.VerifyAsync()).Head);
    }

    [Fact]
    public void The_stored_file_reads_as_the_same_events()
    {
        IEnumerable<TranscriptEvent> read = File.ReadAllLines(Golden("transcript.ndjson"))
            .Select(line => TranscriptFormat.Parse(System.Text.Encoding.UTF8.GetBytes(line)).Happened);

        Assert.Equivalent(Story.Append(TestStore.End), read, strict: true);
    }

    [Fact]
    public void The_stored_file_holds_every_type_of_event() =>
        Assert.Equal(
            AnyEvent.Types.Select(type => type.Name).Order(StringComparer.Ordinal),
            Story.Append(TestStore.End).Select(happened => happened.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);
}
