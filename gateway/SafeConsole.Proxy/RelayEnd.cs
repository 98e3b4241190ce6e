namespace SafeConsole.Proxy;

/// <summary>How a database connection ended: stage, side, and one sentence for people.</summary>
public sealed record RelayEnd(RelayStage Stage, RelaySide Side, string Sentence)
{
    /// <summary>The form in which the transcript keeps it.</summary>
    public override string ToString() => $"{Side.ToString().ToLowerInvariant()}, {Stage.ToString().ToLowerInvariant()}: {Sentence}";
}
