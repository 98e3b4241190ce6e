namespace SafeConsole.Policies;

/// <summary>The rules of one target: which REPL, which replica, for whom, within which limits. One file under `policies/targets/`.</summary>
public sealed record TargetPolicy(
    string Name,
    string Title,
    string Application,
    string Environment,
    string Owner,
    string Description,
    ReplPolicy Repl,
    DatabasePolicy Database,
    AccessPolicy Access,
    LimitPolicy Limits,
    RefusalPolicy Refusal,
    string File);
