using System.Collections.Frozen;

namespace SafeConsole.Policies.Loading;

/// <summary>Every key of the policy language, by the path of the mapping that holds it; `[]` stands for the items of a list. policy.schema.json has the same.</summary>
internal static class PolicyKeys
{
    /// <summary>The keys of `targets/*.yaml`.</summary>
    public static FrozenDictionary<string, string[]> Target { get; } = new Dictionary<string, string[]>
    {
        [""] = ["title", "application", "environment", "owner", "description", "repl", "database", "access", "limits", "refusal"],
        ["repl"] = ["name", "launcher", "options", "environment", "image", "ecs", "warm"],
        ["repl.ecs"] = ["taskDefinition", "container", "capacityProviders"],
        ["repl.options[]"] = ["name", "title", "description", "command"],
        ["database"] = ["engine", "host", "port", "name", "role", "credential", "tls", "certificateAuthority", "allowedFunctions", "proof"],
        ["database.proof"] = ["standby", "role", "maximumLag"],
        ["access"] = ["groups", "users", "reason", "reasonPattern", "reasonExample"],
        ["limits"] =
        [
            "statementTimeout", "lockTimeout", "idleInTransaction", "rowsPerStatement", "bytesPerStatement", "connections", "preparedStatements", "cursors", "statementLength",
            "sessionLength", "idle", "memory", "processes", "processors", "disk", "runawayProcessors", "runawayAfter", "transcript",
        ],
        ["refusal"] = ["text", "link"],
    }.ToFrozenDictionary();

    /// <summary>The keys of `default.yaml`: what every target inherits unless it says otherwise.</summary>
    public static FrozenDictionary<string, string[]> Default { get; } = new Dictionary<string, string[]>
    {
        [""] = ["database", "access", "limits", "refusal"],
        ["database"] = ["proof"],
        ["database.proof"] = Target["database.proof"],
        ["access"] = ["reason", "reasonPattern", "reasonExample"],
        ["limits"] = Target["limits"],
        ["refusal"] = Target["refusal"],
    }.ToFrozenDictionary();
}
