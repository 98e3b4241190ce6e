namespace SafeConsole.Policies;

/// <summary>How closely the policy folder is watched.</summary>
public sealed class PolicyWatcherOptions
{
    /// <summary>How long the folder's content must stay the same before it is loaded; half-written files and half-pulled commits pass by meanwhile.</summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often the folder is looked at even if nobody reported a change: network and symbolic-link mounts report none.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(5);
}
