namespace SafeConsole.Gateway.PolicyAdmin;

/// <summary>A target and its file. The source is the file as it is now, which after a failed reload is not what is in force.</summary>
public sealed record PolicyTargetAnswer(string Name, string Title, string File, string Source);
