namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>Reads a runner's log as a follower does.</summary>
internal static class RunnerLogReading
{
    /// <summary>The texts of all lines; completes the log.</summary>
    public static async Task<List<string>> LinesAsync(this RunnerLog log)
    {
        log.Complete();
        var lines = new List<string>();
        await foreach (var batch in log.FollowAsync(CancellationToken.None))
            lines.AddRange(batch.Select(line => line.Text));
        return lines;
    }
}
