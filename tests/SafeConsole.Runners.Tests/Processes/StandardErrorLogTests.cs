using System.Text;
using SafeConsole.Runners.Processes;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Processes;

public sealed class StandardErrorLogTests
{
    private readonly RunnerLog log = new(TimeProvider.System);

    [Fact]
    public async Task Lines_are_the_streams_own()
    {
        await StandardErrorLog.ReadAsync(new MemoryStream("bwrap: grüße\n\nno end"u8.ToArray()), log, RunnerLog.Agent);

        Assert.Equal(["bwrap: grüße", "no end"], await log.LinesAsync());
    }

    [Fact]
    public async Task Of_a_flood_the_first_lines_are_kept_and_the_rest_is_counted()
    {
        var flood = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("x\n", 10_000)));

        await StandardErrorLog.ReadAsync(new MemoryStream(flood), log, RunnerLog.Agent);

        var lines = await log.LinesAsync();
        Assert.InRange(lines.Count, 201, RunnerLog.Kept - 1);
        Assert.Matches("^agent: [0-9]+ lines were left out$", lines[^1]);
    }
}
