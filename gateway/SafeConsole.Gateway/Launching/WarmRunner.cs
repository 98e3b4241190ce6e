namespace SafeConsole.Gateway.Launching;

/// <summary>A booted runner that waits for a session, and the moment since when.</summary>
public sealed record WarmRunner(BootedRunner Booted, DateTimeOffset Since);
