namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>One switch of the start-up parameter `options`: as it was written, and the setting that it asks for; no name for a switch that is about something else.</summary>
internal readonly record struct StartupOption(string Written, string? Name, string Value);
