namespace SafeConsole.Gateway.Launching;

/// <summary>A booted runner that waits for a session, and since when, as a timestamp of the time provider.</summary>
public sealed record WarmRunner(BootedRunner Booted, long Since);
