namespace SafeConsole.Runners;

/// <summary>The stages of a launch, in order. Not every launcher has all of them.</summary>
public enum LaunchStage
{
    /// <summary>Waited for its turn.</summary>
    Queued,

    /// <summary>The engine found a place for the runner: an ECS task left PROVISIONING.</summary>
    Provisioning,

    /// <summary>The image is there.</summary>
    Pulling,

    /// <summary>The runner runs.</summary>
    Starting,

    /// <summary>Its agent has linked, and found no way out.</summary>
    Linking,

    /// <summary>A booted runner was taken from the warm pool, instead of the four before.</summary>
    Claiming,

    /// <summary>The replica is proven to be one.</summary>
    Proving,

    /// <summary>The REPL is ordered to start.</summary>
    Ready,
}
