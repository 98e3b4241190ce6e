namespace SafeConsole.Gateway.Operations;

/// <summary>How long the gateway runs.</summary>
public sealed class GatewayClock(TimeProvider time)
{
    private readonly long started = time.GetTimestamp();

    /// <summary>The time since its start.</summary>
    public TimeSpan Uptime => time.GetElapsedTime(started);
}
