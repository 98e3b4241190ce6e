namespace SafeConsole.Scripting;

/// <summary>A line of a runner's log, as the hub sends it.</summary>
public sealed class RunnerLine
{
    /// <summary>When it came.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>From whom: `agent` or `engine`.</summary>
    public string Source { get; set; } = "";

    /// <summary>What it says.</summary>
    public string Text { get; set; } = "";
}
