namespace SafeConsole.Gateway.Commands;

/// <summary>A command cannot do what it was asked for. The message says in whole sentences why and what to change.</summary>
public sealed class CommandRefusedException(string message) : Exception(message);
