namespace SafeConsole.Runners;

/// <summary>Hears of a launch's stages as they are completed.</summary>
public interface ILaunchProgress
{
    /// <summary>The stage is done; its time is what passed since the one before. The detail is a short text for the user, such as an image's name.</summary>
    ValueTask ReachedAsync(LaunchStage stage, string? detail);

    /// <summary>The stage is under way; the sentence says to the user how far. Every two seconds at most; does not wait, and never throws.</summary>
    void UnderWay(LaunchStage stage, string sentence);
}
