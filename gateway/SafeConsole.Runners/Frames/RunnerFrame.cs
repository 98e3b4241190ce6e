namespace SafeConsole.Runners.Frames;

/// <summary>One message from a runner's agent; the closed set is the other types in this namespace. See runner-image/README.md.</summary>
public abstract record RunnerFrame
{
    private protected RunnerFrame()
    {
    }
}
