namespace SafeConsole.Gateway;

/// <summary>The gateway must not start as it is configured. The message is one sentence that says what to change.</summary>
public sealed class GatewayConfigurationException(string message) : Exception(message);
