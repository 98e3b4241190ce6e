using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SafeConsole.Transcripts.Events;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

public sealed class EventSetTests
{
    private static readonly JsonDerivedTypeAttribute[] Registered = [.. typeof(TranscriptEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()];

    [Fact]
    public void Every_event_type_is_registered_under_a_name_of_its_own()
    {
        Assert.Equal(
            AnyEvent.Types.Select(type => type.Name).Order(StringComparer.Ordinal),
            Registered.Select(entry => entry.DerivedType.Name).Order(StringComparer.Ordinal));
        string[] names = [.. Registered.Select(entry => (string)entry.TypeDiscriminator!)];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z]+\\.[a-z]+$", name));
    }

    [Fact]
    public void Every_event_type_comes_back_as_it_was_written()
    {
        foreach (Type type in AnyEvent.Types)
        {
            Assert.All(AnyEvent.OfType(type).Sample(50, 20), happened => Assert.Equivalent(happened, RoundTrip(happened), strict: true));
            Assert.All(AnyEvent.OfType(type).Sample(5, 5), happened => Assert.IsType(type, RoundTrip(happened)));
        }
    }

    [Property(Arbitrary = [typeof(AnyEvent)], MaxTest = 300)]
    public void A_line_holds_no_newline_and_gives_back_number_and_time(TranscriptEvent happened)
    {
        byte[] line = Lines.Of(42, TestStore.Start, happened);

        Assert.DoesNotContain((byte)'\n', line);
        TranscriptRecord record = TranscriptFormat.Parse(line);
        Assert.Equal(42, record.Number);
        Assert.Equal(TestStore.Start, record.At);
        Assert.Equal(Lines.AnyHash, record.Previous);
    }

    [Property]
    public void Terminal_bytes_of_any_kind_come_back(byte[] bytes)
    {
        var output = (TerminalOutput)RoundTrip(new TerminalOutput(TerminalBytes.From(bytes)));

        Assert.Equal(bytes, output.Data.ToArray());
    }

    [Theory]
    [InlineData(typeof(StatementSubmitted))]
    [InlineData(typeof(StatementJudged))]
    [InlineData(typeof(StatementBound))]
    [InlineData(typeof(StatementCompleted))]
    public void What_is_written_by_hand_is_what_the_generated_code_writes(Type type)
    {
        var generated = new TranscriptJson(new JsonSerializerOptions(TranscriptJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        Assert.All(AnyEvent.OfType(type).Sample(500, 20), happened => Assert.Equal(
            JsonSerializer.Serialize(happened, generated.TranscriptEvent), Encoding.UTF8.GetString(StatementBody.TryWrite(happened)!)));
    }

    [Fact]
    public void An_event_that_cannot_be_written_by_hand_leaves_nothing_behind_for_the_next()
    {
        var endless = new StatementCompleted(1, 0, 1, 40, double.PositiveInfinity);
        var good = new StatementCompleted(1, 0, 1, 40, 0.25);
        byte[] before = StatementBody.TryWrite(good)!;

        Assert.Throws<ArgumentException>(() => StatementBody.TryWrite(endless));
        Assert.Null(StatementBody.TryWrite(new StatementSubmitted(1, 1, "simple", null!)));
        Assert.Equal(before, StatementBody.TryWrite(good));
    }

    private static TranscriptEvent RoundTrip(TranscriptEvent happened) => TranscriptFormat.Parse(Lines.Of(1, TestStore.Start, happened)).Happened;
}
