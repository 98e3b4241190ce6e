namespace SafeConsole.Scripting;

/// <summary>What the hub's Follow sends: whole transcript lines, the number to resume from, and whether the reader has caught up.</summary>
public sealed class FollowBatch
{
    /// <summary>The number of the first line that is not in this batch.</summary>
    public long Next { get; set; }

    /// <summary>Transcript lines, each ended by a line feed.</summary>
    public byte[] Lines { get; set; } = [];

    /// <summary>True when nothing more was on record as this was sent.</summary>
    public bool Live { get; set; }
}
