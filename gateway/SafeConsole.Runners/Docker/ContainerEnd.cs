namespace SafeConsole.Runners.Docker;

/// <summary>How a container ended, as the engine tells: the code where it is known, whether memory ran out, and the engine's own reason.</summary>
internal sealed record ContainerEnd(int? Code, bool OutOfMemory = false, DateTimeOffset? At = null, string? Reason = null)
{
    /// <summary>Somebody removed the container before anybody could ask.</summary>
    public bool Removed { get; init; }

    /// <summary>The engine went away under the container, and may be back.</summary>
    public bool EngineLost { get; init; }

    /// <summary>Nobody knows whether it has ended: the engine did not come back in time.</summary>
    public bool Unknown { get; init; }
}
