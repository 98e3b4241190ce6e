using System.Text;
using SafeConsole.Runners.Frames;

namespace SafeConsole.Runners.Tests;

public sealed class FrameReaderTests
{
    [Fact]
    public void Output_is_the_bytes_behind_the_kind()
    {
        var frame = Assert.IsType<OutputFrame>(Read("O\u001b[1mhi"));

        Assert.Equal("\u001b[1mhi"u8.ToArray(), frame.Data.ToArray());
    }

    [Fact]
    public void Json_frames_are_read()
    {
        Assert.Equal(new HelloFrame(1, "0.1.0", new NetworkReport(false, "no route")), Read("""H{"version":1,"agent":"0.1.0","network":{"reachable":false,"evidence":"no route"}}"""));
        Assert.Equal(new ExitFrame(Code: 3), Read("""X{"code":3}"""));
        Assert.Equal(new ExitFrame(Signal: 9), Read("""X{"signal":9}"""));
        Assert.Equal(new FailureFrame("gone"), Read("""F{"message":"gone"}"""));
        Assert.Equal(new EchoFrame(Visible: false), Read("E\0"));
        Assert.Equal(new UsageFrame(1.5, 4096), Read("""U{"processor":1.5,"memory":4096}"""));
        Assert.Equal(new LogFrame("agent: started"), Read("""L{"text":"agent: started"}"""));
    }

    [Theory]
    [InlineData("a", 2045)]
    [InlineData("é", 1022)]
    [InlineData("😀", 511)]
    public void Evidence_of_any_length_is_cut_between_characters_and_ends_with_an_ellipsis(string character, int kept)
    {
        var longest = string.Concat(Enumerable.Repeat(character, NetworkReport.LongestEvidence / Encoding.UTF8.GetByteCount(character)));

        Assert.Equal(longest, EvidenceOf(longest));
        Assert.Equal(string.Concat(Enumerable.Repeat(character, kept)) + "…", EvidenceOf(longest + "a"));
        Assert.InRange(Encoding.UTF8.GetByteCount(EvidenceOf(string.Concat(Enumerable.Repeat(longest, 30)))), 1, NetworkReport.LongestEvidence);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("S{}")]
    [InlineData("E")]
    [InlineData("E\u0002")]
    [InlineData("E\u0001\u0001")]
    [InlineData("X{}")]
    [InlineData("""X{"code":1,"signal":1}""")]
    [InlineData("X[]")]
    [InlineData("Xnull")]
    [InlineData("F{}")]
    [InlineData("""F{"message":null}""")]
    [InlineData("""U{"processor":-1,"memory":4096}""")]
    [InlineData("""U{"processor":1e300,"memory":4096}""")]
    [InlineData("""U{"processor":1,"memory":-1}""")]
    [InlineData("""L{"text":null}""")]
    [InlineData("H{")]
    [InlineData("""H{"version":1,"agent":"0.1.0","network":null}""")]
    [InlineData("""H{"version":99999999999,"agent":"x","network":{"reachable":false,"evidence":""}}""")]
    public void What_the_protocol_does_not_know_is_refused(string message) => Assert.Throws<RunnerLinkException>(() => Read(message));

    [Fact]
    public void Sentence_of_a_failure_and_line_of_a_log_have_a_limit() =>
        Assert.All("F{\"message\":\" L{\"text\":\"".Split(' '), start => Assert.Throws<RunnerLinkException>(() => Read($$"""{{start}}{{new string('x', 1001)}}"}""")));

    private static string EvidenceOf(string evidence) =>
        Assert.IsType<HelloFrame>(Read($$$"""H{"version":1,"agent":"x","network":{"reachable":false,"evidence":"{{{evidence}}}"}}""")).Network.Evidence;

    private static RunnerFrame Read(string message) => FrameReader.Read(Encoding.UTF8.GetBytes(message));
}
