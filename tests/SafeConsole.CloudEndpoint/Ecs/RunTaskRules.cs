using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SafeConsole.CloudEndpoint.Ecs;

/// <summary>What ECS's documentation asks of `RunTask` beyond the shapes of the service model.</summary>
internal static partial class RunTaskRules
{
    private const int LongestOverrides = 8192;
    private const int MostTags = 50;

    /// <summary>Throws <see cref="RefusedException"/> for what ECS would refuse.</summary>
    public static void Check(JsonObject request, string container)
    {
        var strategy = request["capacityProviderStrategy"]?.AsArray() ?? [];
        Ask(request["launchType"] is null || strategy.Count == 0, "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.");
        Ask(strategy.Count == 0 || strategy.Any(item => ((int?)item!["weight"] ?? 0) > 0 || ((int?)item["base"] ?? 0) > 0), "At least one capacity provider must have a weight greater than zero.");
        Ask((int?)request["count"] is null or (>= 1 and <= 10), "Count must be between 1 and 10.");
        Ask(StartedBy().IsMatch((string?)request["startedBy"] ?? ""), "startedBy can contain up to 128 letters, numbers, hyphens, forward slash, and underscores.");
        Ask(request["networkConfiguration"]?["awsvpcConfiguration"] is not null, "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        var tags = request["tags"]?.AsArray() ?? [];
        Ask(tags.Count <= MostTags && tags.Select(tag => (string?)tag!["key"]).Distinct().Count() == tags.Count, "Tags: at most 50, each key once.");
        Ask(!tags.Any(tag => ((string?)tag!["key"] ?? "").StartsWith("aws:", StringComparison.OrdinalIgnoreCase)), "Tag keys must not start with aws:");
        CheckOverrides(request["overrides"] as JsonObject ?? throw new RefusedException("InvalidParameterException", "These tests run no task without overrides."), container);
    }

    private static void CheckOverrides(JsonObject overrides, string container)
    {
        Ask(overrides.ToJsonString().Length <= LongestOverrides, "Container Overrides length must be at most 8192");
        var containers = overrides["containerOverrides"]?.AsArray() ?? [];
        Ask(containers.Count == 1 && (string?)containers[0]!["name"] == container, "Override for container named '…' is not a container in the TaskDefinition.");
        if ((string?)overrides["cpu"] is not { } cpu)
            return;
        var units = int.Parse(cpu, CultureInfo.InvariantCulture);
        var mebibytes = int.Parse((string?)overrides["memory"] ?? "0", CultureInfo.InvariantCulture);
        Ask(IsOfFargate(units, mebibytes), "No Fargate configuration exists for given values.");
        Ask(((int?)containers[0]!["memory"] ?? 0) <= mebibytes, "The container's memory is more than the task's.");
    }

    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
    private static bool IsOfFargate(int units, int mebibytes) => units switch
    {
        256 => mebibytes is 512 or 1024 or 2048,
        512 => mebibytes is >= 1024 and <= 4096 && mebibytes % 1024 == 0,
        1024 => mebibytes is >= 2048 and <= 8192 && mebibytes % 1024 == 0,
        2048 => mebibytes is >= 4096 and <= 16384 && mebibytes % 1024 == 0,
        4096 => mebibytes is >= 8192 and <= 30720 && mebibytes % 1024 == 0,
        8192 => mebibytes is >= 16384 and <= 61440 && mebibytes % 4096 == 0,
        16384 => mebibytes is >= 32768 and <= 122880 && mebibytes % 8192 == 0,
        _ => false,
    };

    private static void Ask(bool fits, string otherwise)
    {
        if (!fits)
            throw new RefusedException("InvalidParameterException", otherwise);
    }

    [GeneratedRegex("^[A-Za-z0-9/_-]{0,128}$")]
    private static partial Regex StartedBy();
}
