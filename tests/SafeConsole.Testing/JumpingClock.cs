namespace SafeConsole.Testing;

/// <summary>The system's time, with an hour of day that a test may set as an operator would: what passes is not changed by that.</summary>
public sealed class JumpingClock : TimeProvider
{
    /// <summary>How far the clock is off.</summary>
    public TimeSpan Off { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Off;
}
