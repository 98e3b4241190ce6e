namespace SafeConsole.Runners.Ecs;

/// <summary>How often tasks are looked at: while one is being started or stopped, otherwise, and at the most seldom after failures.</summary>
internal sealed record EcsPollPace(TimeSpan Changing, TimeSpan Running, TimeSpan Longest)
{
    private const double Jitter = 0.2;

    /// <summary>
    /// A session's first second counts more than its last. All tasks together cost one call for each hundred of them, of the 20 a second that ECS
    /// allows a cluster.
    /// </summary>
    public static EcsPollPace Usual { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    /// <summary>The time until the next look, a little different each time, so that gateways do not fall into step. Failures double it.</summary>
    public TimeSpan Next(bool changing, int failures)
    {
        var usual = changing ? Changing : Running;
        var backedOff = usual * Math.Pow(2, Math.Min(failures, 10));
        return (backedOff < Longest ? backedOff : Longest) * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble()));
    }
}
