namespace SafeConsole.Gateway.Operations;

/// <summary>How the gateway does. Unhealthy: sessions cannot be opened. Degraded: the newest policy files are not in force.</summary>
public sealed record HealthAnswer(string Status, PolicyHealth Policy, int? Sessions, double? UptimeSeconds);
