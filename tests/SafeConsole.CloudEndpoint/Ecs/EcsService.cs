using System.Text.Json.Nodes;
using SafeConsole.CloudEndpoint.Model;

namespace SafeConsole.CloudEndpoint.Ecs;

/// <summary>One cluster, `runners`, with FARGATE and FARGATE_SPOT. What it is told to do wrong counts from the next task on.</summary>
public sealed class EcsService : ICloudService, IAsyncDisposable
{
    /// <summary>The cluster's name.</summary>
    public const string Cluster = "runners";

    private const string Account = "123456789012";
    private const string ClusterArn = $"arn:aws:ecs:{LocalCloud.Region}:{Account}:cluster/{Cluster}";

    private readonly Lock gate = new();
    private readonly List<EcsTask> tasks = [];
    private readonly List<Task> lives = [];
    private readonly Dictionary<string, (string Request, JsonObject Answer)> answered = [];
    private readonly EcsDefinitions definitions = new(Account);
    private readonly EcsTaskLife life;

    internal EcsService(string agentPath) => life = new EcsTaskLife(agentPath, gate);

    /// <inheritdoc/>
    ServiceModel ICloudService.Model { get; } = ServiceModel.Ecs();

    /// <summary>How fast tasks go through their states.</summary>
    public EcsPace Pace { get; set; } = EcsPace.Quick;

    /// <summary>What each capacity provider does; one that is not named has room.</summary>
    public Dictionary<string, EcsCapacity> Capacity { get; } = [];

    /// <summary>Why images cannot be pulled; null where they can.</summary>
    public string? PullFailure { get; set; }

    /// <summary>How many ARNs stand on a page of `ListTasks` where the request does not ask for fewer.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>The ARNs of all tasks so far that are not STOPPED.</summary>
    public IReadOnlyList<string> Living => Locked(() => tasks.Where(task => task.LastStatus != "STOPPED").Select(task => task.Arn).ToArray());

    /// <summary>How many tasks were ever started.</summary>
    public int Started => Locked(() => tasks.Count);

    /// <summary>The providers of all tasks so far, in order; the empty text where the cluster's default was asked for.</summary>
    public IReadOnlyList<string> Providers => Locked(() => tasks.Select(task => task.Provider ?? "").ToArray());

    /// <summary>A new revision of a task definition; returns its ARN.</summary>
    public string Register(string family, string container, string image) => Locked(() => definitions.Add(family, container, image));

    /// <summary>The task is not known any more, and its container is gone.</summary>
    public void Lose(string arn) => Change(arn, task =>
    {
        task.IsLost = true;
        task.Stop("TaskFailedToStart", "lost");
    });

    /// <summary>Spot takes the task's place back.</summary>
    public void InterruptSpot(string arn) => Change(arn, task => task.Stop("SpotInterruption", "Your Spot Task was interrupted."));

    /// <summary>The kernel of the task's host ends the container for its memory.</summary>
    public void ExhaustMemory(string arn) =>
        Change(arn, task => task.Stop("EssentialContainerExited", "Essential container in task exited", "OutOfMemoryError: Container killed due to memory usage", 137));

    /// <inheritdoc/>
    JsonObject ICloudService.Answer(string operation, JsonObject request) => Locked(() => operation switch
    {
        "RunTask" => Once(request),
        "DescribeTasks" => Describe(request),
        "StopTask" => Stop(request),
        "ListTasks" => List(request),
        "DescribeTaskDefinition" => definitions.Describe((string)request["taskDefinition"]!),
        _ => throw new RefusedException("UnknownOperationException", operation),
    });

    /// <summary>Stops every task and waits until its runner is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var arn in Living)
            Change(arn, task => task.Stop("UserInitiated", "The endpoint is being closed."));
        await Task.WhenAll(Locked(() => lives.ToArray()));
        life.Dispose();
    }

    private JsonObject Once(JsonObject request)
    {
        InCluster(request);
        if ((string?)request["clientToken"] is not { } token)
            return Run(request);
        if (answered.TryGetValue(token, out var before))
        {
            return before.Request == request.ToJsonString()
                ? (JsonObject)before.Answer.DeepClone()
                : throw new RefusedException("ConflictException", "The provided clientToken is already in use with a different RunTask request.");
        }
        var answer = Run(request);
        answered[token] = (request.ToJsonString(), (JsonObject)answer.DeepClone());
        return answer;
    }

    private JsonObject Run(JsonObject request)
    {
        var (definition, container, image) = definitions.Find((string)request["taskDefinition"]!);
        RunTaskRules.Check(request, container);
        var provider = (string?)request["capacityProviderStrategy"]?[0]!["capacityProvider"];
        var capacity = Capacity.GetValueOrDefault(provider ?? "");
        if (capacity == EcsCapacity.RefusesAtOnce)
            return new JsonObject { ["tasks"] = new JsonArray(), ["failures"] = new JsonArray(new JsonObject { ["arn"] = ClusterArn, ["reason"] = "RESOURCE:MEMORY", ["detail"] = "no room" }) };
        var task = new EcsTask($"arn:aws:ecs:{LocalCloud.Region}:{Account}:task/{Cluster}/{Guid.NewGuid():N}", request, definition, provider);
        tasks.Add(task);
        lives.Add(Task.Run(() => life.RunAsync(task, Pace, capacity, PullFailure)));
        return new JsonObject { ["tasks"] = new JsonArray(task.ToJson(ClusterArn, image, withTags: true)), ["failures"] = new JsonArray() };
    }

    private JsonObject Describe(JsonObject request)
    {
        InCluster(request);
        var asked = request["tasks"]!.AsArray().Select(arn => (string)arn!).ToList();
        if (asked.Count is 0 or > 100)
            throw new RefusedException("InvalidParameterException", "Tasks must be 1 to 100.");
        var withTags = request["include"]?.AsArray().Any(field => (string)field! == "TAGS") ?? false;
        var found = asked.Select(arn => (Arn: arn, Task: tasks.Find(task => IsNamed(task, arn) && !task.IsLost))).ToList();
        return new JsonObject
        {
            ["tasks"] = new JsonArray([.. found.Where(entry => entry.Task is not null).Select(entry => entry.Task!.ToJson(ClusterArn, definitions.Find(entry.Task.Definition).Image, withTags))]),
            ["failures"] = new JsonArray([.. found.Where(entry => entry.Task is null).Select(entry => new JsonObject { ["arn"] = entry.Arn, ["reason"] = "MISSING" })]),
        };
    }

    private JsonObject Stop(JsonObject request)
    {
        InCluster(request);
        var task = tasks.Find(task => IsNamed(task, (string)request["task"]!) && !task.IsLost) ?? throw new RefusedException("InvalidParameterException", "The referenced task was not found.");
        task.Stop("UserInitiated", (string?)request["reason"] ?? "Task stopped by user");
        return new JsonObject { ["task"] = task.ToJson(ClusterArn, definitions.Find(task.Definition).Image, withTags: false) };
    }

    private JsonObject List(JsonObject request)
    {
        InCluster(request);
        if (request["startedBy"] is not null && (request["family"] ?? request["desiredStatus"] ?? request["serviceName"] ?? request["launchType"]) is not null)
            throw new RefusedException("InvalidParameterException", "startedBy must be the only filter.");
        var desired = (string?)request["desiredStatus"] ?? "RUNNING";
        var fitting = tasks.Where(task => task.DesiredStatus == desired && !task.IsLost)
            .Where(task => (string?)request["startedBy"] is not { } by || task.StartedBy == by)
            .Where(task => (string?)request["family"] is not { } family || task.Definition.Contains($"/{family}:", StringComparison.Ordinal))
            .Select(task => task.Arn).ToList();
        var from = int.Parse((string?)request["nextToken"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        var page = fitting.Skip(from).Take((int?)request["maxResults"] ?? PageSize).Take(PageSize).ToList();
        var answer = new JsonObject { ["taskArns"] = new JsonArray([.. page.Select(arn => JsonValue.Create(arn))]) };
        if (from + page.Count < fitting.Count)
            answer["nextToken"] = (from + page.Count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return answer;
    }

    private static bool IsNamed(EcsTask task, string name) => task.Arn == name || task.Arn.EndsWith('/' + name, StringComparison.Ordinal);

    private static void InCluster(JsonObject request)
    {
        if ((string?)request["cluster"] is not (Cluster or ClusterArn))
            throw new RefusedException("ClusterNotFoundException", "Cluster not found.");
    }

    private void Change(string arn, Action<EcsTask> change) => Locked(() =>
    {
        change(tasks.Single(task => task.Arn == arn));
        return true;
    });

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
            return read();
    }
}
