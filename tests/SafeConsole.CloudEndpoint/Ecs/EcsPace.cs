namespace SafeConsole.CloudEndpoint.Ecs;

/// <summary>How long a task stays in each state.</summary>
public sealed record EcsPace(TimeSpan Provisioning, TimeSpan Pulling, TimeSpan Deprovisioning)
{
    /// <summary>As fast as a state can still be seen.</summary>
    public static EcsPace Quick { get; } = new(TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(20));

    /// <summary>No delay but the work itself.</summary>
    public static EcsPace Immediate { get; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Nothing gets any further.</summary>
    public static EcsPace Stuck { get; } = new(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, TimeSpan.Zero);
}
