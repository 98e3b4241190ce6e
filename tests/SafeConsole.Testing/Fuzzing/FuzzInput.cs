namespace SafeConsole.Testing.Fuzzing;

/// <summary>An input that is under way, and since which timestamp.</summary>
internal sealed record FuzzInput<T>(T Input, long Since);
