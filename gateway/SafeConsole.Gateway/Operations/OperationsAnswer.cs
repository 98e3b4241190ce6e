namespace SafeConsole.Gateway.Operations;

/// <summary>What runs in this gateway now.</summary>
public sealed record OperationsAnswer(IReadOnlyList<string> Launchers, IReadOnlyList<LiveSessionAnswer> Sessions, IReadOnlyList<WarmAnswer> Warm);
