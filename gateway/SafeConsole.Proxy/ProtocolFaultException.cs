namespace SafeConsole.Proxy;

/// <summary>
/// A peer broke the wire protocol, or used a part of it that is refused. It ends that connection and nothing else.
/// The message is one sentence that a person can be shown; it holds no SQL text.
/// </summary>
public sealed class ProtocolFaultException(string message) : Exception(message);
