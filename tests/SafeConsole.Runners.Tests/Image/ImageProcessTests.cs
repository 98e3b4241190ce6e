using SafeConsole.Testing;
using SafeConsole.Runners.Frames;

namespace SafeConsole.Runners.Tests.Image;

/// <summary>The agent as the container's process 1, and what of the container can be written.</summary>
[Collection(ImageSiteTests.Name)]
public sealed class ImageProcessTests(ImageSite site)
{
    [Fact]
    public async Task Engine_that_stops_the_container_lets_the_repl_leave()
    {
        await using var console = await site.OpenAsync(ReplImageTests.Image, "bash", "-c", "trap 'echo bye; exit 3' HUP; echo armed; while :; do sleep 0.05; done");
        await console.SeeAsync("armed");

        await DockerCommand.RunAsync("stop", "--time", "60", console.Container);

        Assert.Equal(new ExitFrame(3, null), await console.Exit);
        Assert.Contains("bye", console.Text, StringComparison.Ordinal);
        Assert.Equal("0", await DockerCommand.RunAsync("wait", console.Container));
    }

    [Fact]
    public async Task Orphans_come_to_the_agent_and_do_not_stay_as_zombies()
    {
        await using var console = await site.OpenAsync(ReplImageTests.Image, "bash", "--norc", "--noprofile");

        await console.EnterAsync("mkfifo /tmp/go; (cat /tmp/go & echo $! > /tmp/orphan); o=$(< /tmp/orphan); grep PPid /proc/$o/status");
        await console.SeeAsync("PPid:\t1\r\n");
        await console.EnterAsync("echo > /tmp/go; while [ -e /proc/$o ]; do sleep 0.05; done; echo buried''.");

        await console.SeeAsync("buried.");
        Assert.Equal("safeconsole-age", await DockerCommand.RunAsync("exec", console.Container, "cat", "/proc/1/comm"));
    }

    [Fact]
    public async Task Only_the_folders_in_memory_are_written()
    {
        await using var console = await site.OpenAsync(ReplImageTests.Image, "bash", "--norc", "--noprofile");

        await console.EnterAsync("for d in / /etc /opt/repls /usr/local/bin /var/tmp /home/runner /tmp /dev/shm /run/postgresql; do touch $d/x 2> /dev/null && echo \"writes $d.\"; done; echo all''.");
        await console.SeeAsync("all.");

        var writable = console.Text.Split('\r', '\n').Where(line => line.StartsWith("writes /", StringComparison.Ordinal)).Select(line => line[7..].TrimEnd('.'));
        Assert.Equal(["/home/runner", "/tmp", "/dev/shm", "/run/postgresql"], writable);
    }
}
