namespace SafeConsole.Runners.Ecs;

/// <summary>The tags of a runner's task, by which people and gateways know it.</summary>
internal static class EcsLabels
{
    public const string Gateway = "safeconsole:gateway";
    public const string Runner = "safeconsole:runner";
    public const string Target = "safeconsole:target";

    /// <summary>What `ListTasks` finds this gateway's tasks by; at most 36 characters, which every version of ECS takes.</summary>
    public static string StartedBy(EcsOptions options) => "safeconsole-" + options.GatewayName;
}
