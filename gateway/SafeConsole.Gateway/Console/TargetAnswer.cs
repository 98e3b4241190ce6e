namespace SafeConsole.Gateway.Console;

/// <summary>A target as a developer's list shows it; when not allowed, <see cref="WhyNot"/> says why and whom to ask.</summary>
public sealed record TargetAnswer(
    string Name,
    string Title,
    string Application,
    string Environment,
    string Owner,
    string Description,
    string Repl,
    string Launcher,
    string Engine,
    string Database,
    IReadOnlyList<OptionAnswer> Options,
    LimitsAnswer Limits,
    bool ReasonRequired,
    string? ReasonPattern,
    string? ReasonExample,
    bool Allowed,
    string? WhyNot);
