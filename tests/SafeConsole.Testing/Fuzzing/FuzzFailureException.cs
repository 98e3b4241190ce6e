namespace SafeConsole.Testing.Fuzzing;

/// <summary>An input that crashed, hung, or took too much; the message has the seed and the input itself.</summary>
public sealed class FuzzFailureException(string message, Exception? cause = null) : Exception(message, cause);
