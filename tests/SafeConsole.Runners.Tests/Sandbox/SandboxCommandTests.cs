using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

public sealed class SandboxCommandTests : IDisposable
{
    private static readonly RunnerLimits Limits = new(Memory: 512 << 20, Processes: 64, Disk: 256 << 20, Processors: 1);
    private readonly string folder = Directory.CreateTempSubdirectory("safeconsole-command-").FullName;
    private readonly SandboxOptions options;
    private readonly SandboxFiles files;

    public SandboxCommandTests()
    {
        options = new SandboxOptions { RuntimeDirectory = folder, AgentPath = Agent.Path, ReadOnlyPaths = ["/opt/recipes"] };
        files = SandboxFiles.Prepare(options, forOtherUsers: false);
    }

    [Fact]
    public void Sandbox_has_every_namespace_no_capability_and_dies_with_the_gateway()
    {
        var arguments = BubblewrapArguments.For(files, options, Spec(out _)).ToList();

        Assert.Superset(
            new HashSet<string> { "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session", "--as-pid-1" },
            arguments.ToHashSet());
        Assert.Equal("ALL", arguments[arguments.IndexOf("--cap-drop") + 1]);
        Assert.DoesNotContain("--share-net", arguments);
    }

    [Fact]
    public void Nothing_of_the_host_is_writable()
    {
        var arguments = BubblewrapArguments.For(files, options, Spec(out _)).ToList();

        Assert.DoesNotContain(arguments, argument => argument is "--bind" or "--bind-try" or "--dev-bind" or "--dev-bind-try" or "--bind-data");
        // The remounts come last, or something could still be created.
        Assert.True(arguments.LastIndexOf("--remount-ro") > arguments.LastIndexOf("--tmpfs"));
        Assert.Contains("/opt/recipes", arguments);
    }

    [Fact]
    public void Writable_folders_together_are_no_larger_than_the_disk_limit()
    {
        var arguments = BubblewrapArguments.For(files, options, Spec(out _)).ToList();

        var sizes = Enumerable.Range(0, arguments.Count).Where(i => arguments[i] == "--size").Select(i => long.Parse(arguments[i + 1], System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(arguments.Count(argument => argument == "--tmpfs"), sizes.Count);
        Assert.InRange(sizes.Sum(), Limits.Disk / 2, Limits.Disk + 65536);
    }

    [Fact]
    public void Root_drops_to_the_runner_s_user_before_anything_else()
    {
        var start = SandboxCommand.For(Spec(out _), files, options, user: 200_001);

        Assert.Equal("/usr/bin/setpriv", start.FileName);
        Assert.Equal(["--reuid", "200001", "--regid", "200001", "--clear-groups", "--no-new-privs"], start.ArgumentList.Take(6));
        Assert.Equal(["--", "/usr/bin/nice", "-n", "10"], start.ArgumentList.Skip(6).Take(4));
        Assert.Contains("--data=536870912:536870912", start.ArgumentList);
    }

    [Fact]
    public void Environment_is_four_variables_and_a_language_and_the_command_line_has_no_secret()
    {
        Environment.SetEnvironmentVariable("SAFECONSOLE_CANARY", "of the gateway");

        var start = SandboxCommand.For(Spec(out var ticket), files, options, user: null);

        Assert.Equal(["LANG", "PATH", "SAFECONSOLE_GATEWAY", "SAFECONSOLE_PROCESS_LIMIT", "SAFECONSOLE_TICKET"], start.Environment.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(start.ArgumentList, argument => argument.Contains(ticket.Secret, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static RunnerSpec Spec(out RunnerTicket ticket)
    {
        ticket = new RunnerTickets(TimeProvider.System).Issue("one");
        return new RunnerSpec("one", ticket, new RunnerShape("tests", Limits), new RunnerLog(TimeProvider.System));
    }
}
