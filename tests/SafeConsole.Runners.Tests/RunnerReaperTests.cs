using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Runners.Processes;
using SafeConsole.Runners.Sandbox;

namespace SafeConsole.Runners.Tests;

public sealed class RunnerReaperTests : IDisposable
{
    private static readonly ProcessIdentity DeadGateway = new(Environment.ProcessId, StartTime: 1);
    private readonly string folder = Directory.CreateTempSubdirectory("safeconsole-reaper-").FullName;
    private readonly Process leftover = Process.Start("sleep", "1000");
    private readonly ProcessIdentity identity;

    public RunnerReaperTests() => identity = ProcessIdentity.Of(leftover.Id)!;

    [Fact]
    public async Task Runner_of_a_dead_gateway_is_ended()
    {
        Records.Write(new SandboxRecord("one", DeadGateway, identity, Init: null, SandboxRecords.Boot));

        Assert.Equal(["one"], Reap());

        await leftover.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(Records.ReadAll());
    }

    [Fact]
    public void Process_that_merely_has_the_number_is_left_alone()
    {
        var other = identity with { StartTime = identity.StartTime - 1 };
        Records.Write(new SandboxRecord("one", DeadGateway, other, Init: other, SandboxRecords.Boot));

        Assert.Empty(Reap());

        Assert.False(leftover.HasExited);
        Assert.Empty(Records.ReadAll());
    }

    [Fact]
    public void Record_of_an_earlier_boot_kills_nothing()
    {
        Records.Write(new SandboxRecord("one", DeadGateway, identity, identity, Boot: "another"));

        Assert.Empty(Reap());

        Assert.False(leftover.HasExited);
        Assert.Empty(Records.ReadAll());
    }

    [Fact]
    public void Runner_of_a_gateway_that_lives_is_left_alone()
    {
        Records.Write(new SandboxRecord("one", ProcessIdentity.Of(Environment.ProcessId)!, identity, null, SandboxRecords.Boot));

        Assert.Empty(Reap());

        Assert.False(leftover.HasExited);
        Assert.Single(Records.ReadAll());
    }

    [Fact]
    public void Damaged_record_is_dropped()
    {
        Directory.CreateDirectory(Path.Combine(folder, "runners"));
        File.WriteAllText(Path.Combine(folder, "runners", "one.json"), "{");

        Assert.Empty(Reap());

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "runners")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("a.b")]
    public void Session_that_is_no_file_name_is_refused(string session) => Assert.Throws<ArgumentException>(() => SandboxRecords.CheckName(session));

    public void Dispose()
    {
        leftover.Kill();
        leftover.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private SandboxRecords Records => new(folder);

    private IReadOnlyList<string> Reap() =>
        new RunnerReaper(new SandboxOptions { RuntimeDirectory = folder, AgentPath = "/nowhere" }, NullLogger<RunnerReaper>.Instance).Reap();
}
