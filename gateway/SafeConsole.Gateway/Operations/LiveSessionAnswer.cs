namespace SafeConsole.Gateway.Operations;

/// <summary>
/// A living session as SREs see it: whose, on what, where its runner is (`launcher`, and the engine's own id of it), what that used in the last second
/// (busy processors and memory in bytes; null before the first measurement), and whether somebody follows it.
/// </summary>
public sealed record LiveSessionAnswer(
    string Id,
    string Target,
    string Title,
    string Owner,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset EndsAt,
    string Launcher,
    string? Runner,
    double? Processors,
    long? Memory,
    long MemoryLimit,
    double ProcessorLimit,
    long Statements,
    long Denied,
    bool Followed);
