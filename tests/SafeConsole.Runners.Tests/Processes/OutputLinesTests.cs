using System.Text;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Tests.Processes;

public sealed class OutputLinesTests
{
    private readonly List<string> taken = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void Lines_are_the_same_wherever_the_bytes_are_cut(int piece)
    {
        var lines = new OutputLines(taken.Add);

        foreach (var bytes in Encoding.UTF8.GetBytes("running\n\ngrüße 漢字\nno end").Chunk(piece))
            lines.Add(bytes);
        lines.End();

        Assert.Equal(["running", "", "grüße 漢字", "no end"], taken);
    }

    [Theory]
    [InlineData(3999, 3999)]
    [InlineData(4000, 4000)]
    [InlineData(4001, 4000)]
    [InlineData(9000, 4000)]
    public void Line_that_is_too_long_comes_in_pieces(int length, int longest)
    {
        var lines = new OutputLines(taken.Add);

        lines.Add(Encoding.ASCII.GetBytes(new string('x', length) + "\nnext\n"));
        lines.End();

        Assert.Equal(length, taken.SkipLast(1).Sum(line => line.Length));
        Assert.Equal(longest, taken.Max(line => line.Length));
        Assert.Equal("next", taken[^1]);
    }

    [Fact]
    public void Of_a_flood_the_first_lines_are_kept_and_the_rest_is_counted()
    {
        var lines = new OutputLines(taken.Add);
        var flood = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("x\n", 10_000)));

        lines.Add(flood);
        lines.End();

        Assert.InRange(taken.Count, 201, 10_000 / 2);
        Assert.Matches("^agent: [0-9]+ lines were left out$", taken[^1]);
    }
}
