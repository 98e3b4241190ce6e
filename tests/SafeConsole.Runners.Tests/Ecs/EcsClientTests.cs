using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.ECS;
using Amazon.ECS.Internal;
using Amazon.ECS.Model;
using Amazon.Runtime;
using SafeConsole.CloudEndpoint;
using SafeConsole.CloudEndpoint.Ecs;
using SafeConsole.CloudEndpoint.Model;
using SafeConsole.Runners.Tests.Hosting;
using Task = System.Threading.Tasks.Task;

namespace SafeConsole.Runners.Tests.Ecs;

/// <summary>The client against the official service model, and against an endpoint that checks its signatures and shapes.</summary>
public sealed class EcsClientTests : IAsyncLifetime
{
    private static readonly ServiceModel Model = ServiceModel.Ecs();
    private LocalCloud? cloud;

    public static TheoryData<Type> Shapes =>
        new(typeof(AmazonECSClient).Assembly.GetTypes().Where(type => type.Namespace == typeof(RunTaskRequest).Namespace && !type.IsSubclassOf(typeof(Exception))));

    public static TheoryData<Type> Errors => new(typeof(AmazonECSClient).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AmazonECSException))));

    private LocalCloud Cloud => cloud!;

    public async Task InitializeAsync() => cloud = await LocalCloud.StartAsync(Agent.Path);

    public async Task DisposeAsync() => await Cloud.DisposeAsync();

    [Theory, MemberData(nameof(Shapes))]
    public void Every_member_of_a_type_is_in_the_service_model_with_its_type(Type type)
    {
        var filled = (JsonObject)JsonNode.Parse(JsonSerializer.Serialize(Filled(type, depth: 6), type, ModelJson.Options))!;

        Assert.Equal(type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Length, filled.Count);
        Assert.Empty(Model.Problems(type.Name, filled));
    }

    [Theory, MemberData(nameof(Shapes))]
    public void What_is_written_is_read_as_the_same(Type type)
    {
        var written = JsonSerializer.Serialize(Filled(type, depth: 6), type, ModelJson.Options);

        Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize(written, type, ModelJson.Options), type, ModelJson.Options));
    }

    [Theory, MemberData(nameof(Errors))]
    public void Every_error_is_one_of_the_service_model(Type type) =>
        Assert.Contains(type.Name, ((string[])["RunTask", "DescribeTasks", "StopTask", "ListTasks", "DescribeTaskDefinition"]).SelectMany(Model.ErrorsOf));

    [Fact]
    public async Task Error_arrives_as_its_exception_with_code_and_message()
    {
        using var client = Client();

        var error = await Assert.ThrowsAsync<ClusterNotFoundException>(() => client.ListTasksAsync(new ListTasksRequest { Cluster = "elsewhere" }));

        Assert.Equal(("ClusterNotFoundException", "Cluster not found."), (error.ErrorCode, error.Message));
        Assert.NotEmpty(error.RequestId);
    }

    [Fact]
    public async Task Throttled_and_failed_calls_are_repeated()
    {
        using var client = Client();
        Cloud.Faults.Throttle("ListTasks", 1);
        Cloud.Faults.Fail("ListTasks", 1);

        var answer = await client.ListTasksAsync(new ListTasksRequest { Cluster = EcsService.Cluster });

        Assert.Empty(answer.TaskArns!);
        Assert.Equal(3, Cloud.Requests.Count);
    }

    [Fact]
    public async Task Wrong_secret_is_refused()
    {
        using var client = new AmazonECSClient(new BasicAWSCredentials(LocalCloud.AccessKey, "wrong"), Config());

        var error = await Assert.ThrowsAsync<AmazonECSException>(() => client.ListTasksAsync(new ListTasksRequest { Cluster = EcsService.Cluster }));

        Assert.Equal("InvalidSignatureException", error.ErrorCode);
    }

    [Theory]
    [InlineData("eu-central-1", false, false, "https://ecs.eu-central-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", true, false, "https://ecs-fips.us-gov-west-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://ecs.eu-west-1.api.aws/")]
    [InlineData("cn-north-1", false, false, "https://ecs.cn-north-1.amazonaws.com.cn/")]
    public void Address_follows_the_region(string region, bool fips, bool dual, string expected)
    {
        var config = new AmazonECSConfig { RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips, UseDualstackEndpoint = dual };

        Assert.Equal(expected, config.DetermineServiceOperationEndpoint(new Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters(new ListTasksRequest())).URL);
    }

    private AmazonECSClient Client() => new(new BasicAWSCredentials(LocalCloud.AccessKey, LocalCloud.SecretKey), Config());

    private AmazonECSConfig Config() => new() { ServiceURL = Cloud.Address.ToString(), AuthenticationRegion = LocalCloud.Region };

    /// <summary>A value with all its members set.</summary>
    private static object? Filled(Type type, int depth)
    {
        if (depth == 0)
            return null;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Filled(inner, depth);
        if (type == typeof(string))
            return "text";
        if (type == typeof(DateTime))
            return DateTime.UnixEpoch.AddSeconds(1_800_000_000.25);
        if (type.IsValueType)
            return Activator.CreateInstance(type);
        if (type.IsSubclassOf(typeof(ConstantClass)))
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).First().GetValue(null);
        var value = Activator.CreateInstance(type)!;
        if (value is System.Collections.IList list)
        {
            list.Add(Filled(type.GetGenericArguments()[0], depth));
            return list;
        }
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.CanWrite && property.GetIndexParameters().Length == 0))
            property.SetValue(value, property.Name == "Include" ? new List<string> { "TAGS" } : Filled(property.PropertyType, depth - 1));
        return value;
    }
}
