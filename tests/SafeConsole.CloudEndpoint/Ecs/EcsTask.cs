using System.Text.Json.Nodes;

namespace SafeConsole.CloudEndpoint.Ecs;

/// <summary>A task: what was asked for, and the state it is in. Whoever changes or reads it holds the service's lock.</summary>
internal sealed class EcsTask(string arn, JsonObject request, string definition, string? provider)
{
    public string Arn => arn;

    public string Definition => definition;

    public string? Provider => provider;

    public JsonObject Request => request;

    public string LastStatus { get; private set; } = "PROVISIONING";

    public string DesiredStatus { get; private set; } = "RUNNING";

    public bool IsLost { get; set; }

    /// <summary>Ends what the task waits for.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    public string? StopCode { get; private set; }

    private Dictionary<string, double> Times { get; } = new() { ["createdAt"] = Now() };

    private string? StoppedReason { get; set; }

    private string? ContainerReason { get; set; }

    private int? ExitCode { get; set; }

    private JsonObject Override => (JsonObject)request["overrides"]!["containerOverrides"]![0]!;

    public string? StartedBy => (string?)request["startedBy"];

    /// <summary>A variable of the container.</summary>
    public string? Variable(string name) =>
        (string?)Override["environment"]?.AsArray().FirstOrDefault(variable => (string?)variable!["name"] == name)?["value"];

    /// <summary>The container's memory limit in MiB.</summary>
    public int? Memory => (int?)Override["memory"];

    public void Enter(string status, params string[] times)
    {
        LastStatus = status;
        foreach (var name in times)
            Times[name] = Now();
    }

    /// <summary>It is to stop; the first reason is the one that stands.</summary>
    public void Stop(string code, string reason, string? containerReason = null, int? exitCode = null)
    {
        if (StopCode is not null)
            return;
        (StopCode, StoppedReason, ContainerReason, ExitCode, DesiredStatus) = (code, reason, containerReason, exitCode, "STOPPED");
        Times["stoppingAt"] = Now();
        Stopping.Cancel();
    }

    public void Ended(int? exitCode) => ExitCode ??= exitCode;

    public JsonObject ToJson(string cluster, string image, bool withTags)
    {
        var container = new JsonObject
        {
            ["containerArn"] = arn.Replace(":task/", ":container/", StringComparison.Ordinal) + "/1", ["taskArn"] = arn, ["name"] = (string?)Override["name"], ["image"] = image,
            ["lastStatus"] = LastStatus is "RUNNING" ? "RUNNING" : StopCode is null ? "PENDING" : "STOPPED", ["networkInterfaces"] = new JsonArray(), ["cpu"] = "0",
        };
        Set(container, "exitCode", ExitCode);
        Set(container, "reason", ContainerReason);
        var task = new JsonObject
        {
            ["taskArn"] = arn, ["clusterArn"] = cluster, ["taskDefinitionArn"] = definition, ["lastStatus"] = LastStatus, ["desiredStatus"] = DesiredStatus, ["containers"] = new JsonArray(container),
            ["overrides"] = request["overrides"]!.DeepClone(), ["enableExecuteCommand"] = (bool?)request["enableExecuteCommand"] ?? false, ["launchType"] = "FARGATE", ["platformVersion"] = "1.4.0", ["version"] = 1,
            ["cpu"] = (string?)request["overrides"]!["cpu"] ?? "256", ["memory"] = (string?)request["overrides"]!["memory"] ?? "512", ["attachments"] = new JsonArray(), ["attributes"] = new JsonArray(),
        };
        foreach (var (name, time) in Times)
            task[name] = time;
        Set(task, "startedBy", StartedBy);
        Set(task, "capacityProviderName", provider);
        Set(task, "stopCode", StopCode);
        Set(task, "stoppedReason", StoppedReason);
        if (withTags)
            task["tags"] = request["tags"]?.DeepClone() ?? new JsonArray();
        return task;
    }

    private static void Set<T>(JsonObject to, string name, T? value)
    {
        if (value is not null)
            to[name] = JsonValue.Create(value);
    }

    private static double Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
}
