namespace SafeConsole.Gateway.Operations;

/// <summary>The warm runners of a target: how many its policy asks for, wait, and are being booted, and why the last boot failed where it did.</summary>
public sealed record WarmAnswer(string Target, int Wanted, int Ready, int Booting, string? Problem);
