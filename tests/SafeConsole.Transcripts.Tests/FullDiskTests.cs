using System.Text.RegularExpressions;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

/// <summary>Real limits of a real kernel, in a process of its own: a full file system, and a limit on the size of files.</summary>
public sealed class FullDiskTests : StoreTest
{
    private const string OnTmpfs = "mount -t tmpfs -o size=300k tmpfs \"$0\" && \"$@\"";
    private const string UnderLimit = "trap '' XFSZ; ulimit -f 64; \"$@\"";

    [Fact]
    public async Task A_full_file_system_ends_the_transcript_and_loses_nothing_acknowledged()
    {
        // A mount of our own needs root, or user namespaces; where a machine has neither, the file size limit stands in.
        (int asRoot, _, _) = await ChildProcess.RunAsync("unshare", "-m", "bash", "-c", OnTmpfs, Test.Folder, "true");
        (int asUser, _, _) = await ChildProcess.RunAsync("unshare", "-rm", "bash", "-c", OnTmpfs, Test.Folder, "true");
        string[] shell = (asRoot, asUser) switch
        {
            (0, _) => ["unshare", "-m", "bash", "-c", OnTmpfs],
            (_, 0) => ["unshare", "-rm", "bash", "-c", OnTmpfs],
            _ => ["bash", "-c", UnderLimit],
        };

        await FillAsync(shell);
    }

    [Fact]
    public Task A_limit_on_file_sizes_ends_the_transcript_and_loses_nothing_acknowledged() => FillAsync(["bash", "-c", UnderLimit]);

    private async Task FillAsync(string[] shell)
    {
        (int code, string output, string errors) =
            await ChildProcess.RunAsync([.. shell, Test.Folder, .. ChildProcess.Writer("fill", Test.Folder, Test.KeyPath)]);

        Assert.True(code == 0, errors);
        Match said = Regex.Match(output, @"\Aacknowledged=(\d+) durable=(\d+) cause=IOException\nagain=refused\nclosed=1\nevents=(\d+) intact=True sealed=True\n\z");
        Assert.True(said.Success, output);
        int acknowledged = int.Parse(said.Groups[1].Value, null);
        Assert.True(acknowledged > 2);
        Assert.Equal(said.Groups[1].Value, said.Groups[2].Value);
        Assert.Equal(acknowledged + 1, int.Parse(said.Groups[3].Value, null));
    }
}
