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
        Records.Write(new SandboxRecord("one", SandboxRecords.Boot, DeadGateway, identity));

        Assert.Equal(["one"], await ReapAsync());

        await leftover.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(Records.ReadAll());
    }

    [Fact]
    public async Task Sandbox_that_was_stranded_in_its_first_moment_is_ended()
    {
        // What its inner bwrap looks like from outside: no parent, no record of its number, and the session in its command line.
        var (session, another) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        using var stranded = Process.Start("tail", ["-f", "/dev/null", "--", StrandedSandbox.RunnerVariable, session]);
        using var other = Process.Start("tail", ["-f", "/dev/null", "--", StrandedSandbox.RunnerVariable, another]);
        Records.Write(new SandboxRecord(session, SandboxRecords.Boot, DeadGateway));

        Assert.Equal([session], await ReapAsync());

        await stranded.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(2));
        Assert.False(other.HasExited);
        other.Kill();
    }

    [Fact]
    public async Task Process_that_merely_has_the_number_is_left_alone()
    {
        var other = identity with { StartTime = identity.StartTime - 1 };
        Records.Write(new SandboxRecord("one", SandboxRecords.Boot, DeadGateway, other, other));

        Assert.Empty(await ReapAsync());

        Assert.False(leftover.HasExited);
        Assert.Empty(Records.ReadAll());
    }

    [Fact]
    public async Task Record_of_an_earlier_boot_kills_nothing()
    {
        Records.Write(new SandboxRecord("one", "another", DeadGateway, identity, identity));

        Assert.Empty(await ReapAsync());

        Assert.False(leftover.HasExited);
        Assert.Empty(Records.ReadAll());
    }

    [Fact]
    public async Task Runner_that_nobody_in_this_gateway_owns_is_ended_and_an_owned_one_is_not()
    {
        Records.Write(new SandboxRecord("one", SandboxRecords.Boot, ProcessIdentity.Of(Environment.ProcessId)!, identity));
        Assert.Empty(await ReapAsync("one"));
        Assert.False(leftover.HasExited);

        Assert.Equal(["one"], await ReapAsync("another"));

        await leftover.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Runner_of_another_gateway_that_lives_is_left_alone()
    {
        using var gateway = Process.Start("sleep", "1000");
        Records.Write(new SandboxRecord("one", SandboxRecords.Boot, ProcessIdentity.Of(gateway.Id)!, identity));

        Assert.Empty(await ReapAsync());

        Assert.False(leftover.HasExited);
        Assert.Single(Records.ReadAll());
        gateway.Kill();
    }

    [Fact]
    public async Task Damaged_record_is_dropped()
    {
        Directory.CreateDirectory(Path.Combine(folder, "runners"));
        File.WriteAllText(Path.Combine(folder, "runners", "one.json"), "{");

        Assert.Empty(await ReapAsync());

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "runners")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("a.b")]
    public void Session_that_is_no_file_name_is_refused(string session) => Assert.Throws<ArgumentException>(() => RunnerName.Check(session));

    public void Dispose()
    {
        leftover.Kill();
        leftover.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private SandboxRecords Records => new(folder);

    private async Task<IReadOnlyList<string>> ReapAsync(params string[] owned)
    {
        using var launcher = new SandboxLauncher(
            new SandboxOptions { RuntimeDirectory = folder, AgentPath = "/nowhere" }, TimeProvider.System, NullLogger<SandboxLauncher>.Instance);
        return await new RunnerReaper([launcher], NullLogger<RunnerReaper>.Instance).ReapAsync(owned.Contains, CancellationToken.None);
    }
}
