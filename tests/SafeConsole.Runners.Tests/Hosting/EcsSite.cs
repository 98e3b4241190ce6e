using Amazon.ECS;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.CloudEndpoint;
using SafeConsole.CloudEndpoint.Ecs;
using SafeConsole.Runners.Ecs;

namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>A local ECS, a gateway's links, and a launcher between them.</summary>
internal sealed class EcsSite : IAsyncDisposable
{
    public const string Family = "safeconsole-runner";
    public const string Container = "runner";
    public const string Image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/runner:1";

    private EcsSite(LocalCloud cloud, LinkServer server)
    {
        Cloud = cloud;
        Server = server;
        Server.ShapeOf = ShapeOf;
        Launcher = NewLauncher(cloud, server);
    }

    public LocalCloud Cloud { get; }

    public LinkServer Server { get; }

    public EcsLauncher Launcher { get; }

    public EcsService Ecs => Cloud.Ecs;

    public static RunnerShape ShapeOf(RunnerLimits limits) => new("recipes", limits, Task: new EcsTaskShape(Family, Container, ["FARGATE_SPOT", "FARGATE"]));

    public static async Task<LocalCloud> StartCloudAsync()
    {
        var cloud = await LocalCloud.StartAsync(Agent.Path);
        cloud.Ecs.Register(Family, Container, Image);
        return cloud;
    }

    public static async Task<EcsSite> StartAsync() => new(await StartCloudAsync(), await LinkServer.StartAsync());

    public static EcsOptions OptionsFor(LocalCloud cloud, LinkServer server, string gateway = "one") => new()
    {
        Cluster = EcsService.Cluster, Subnets = ["subnet-1", "subnet-2"], SecurityGroups = ["sg-runner"], GatewayName = gateway,
        GatewayAddress = $"unix:{server.RuntimeDirectory}/link.sock", Region = LocalCloud.Region, ServiceUrl = cloud.Address.ToString(),
    };

    public static EcsLauncher NewLauncher(LocalCloud cloud, LinkServer server, string gateway = "one", TimeSpan? launchTimeout = null, ILogger<EcsLauncher>? log = null)
    {
        var options = OptionsFor(cloud, server, gateway);
        if (launchTimeout is { } timeout)
        {
            options = new EcsOptions
            {
                Cluster = options.Cluster, Subnets = options.Subnets, SecurityGroups = options.SecurityGroups, GatewayName = gateway,
                GatewayAddress = options.GatewayAddress, Region = options.Region, ServiceUrl = options.ServiceUrl, LaunchTimeout = timeout,
            };
        }
        var pace = new EcsPollPace(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400));
        return new EcsLauncher(options, NewClient(options), pace, TimeProvider.System, log ?? NullLogger<EcsLauncher>.Instance);
    }

    public static AmazonECSClient NewClient(EcsOptions options) => new(new BasicAWSCredentials(LocalCloud.AccessKey, LocalCloud.SecretKey), EcsClients.ConfigFor(options));

    public Task<IRunner> LaunchAsync(ILaunchProgress? progress = null, CancellationToken cancellationToken = default) =>
        Launcher.LaunchAsync(Server.NewSpec(), progress ?? NoProgress.Instance, cancellationToken).WaitAsync(Deadline.Usual, CancellationToken.None);

    /// <summary>The sentence with which a launch fails.</summary>
    public async Task<string> FailureAsync() => (await Assert.ThrowsAsync<RunnerLaunchException>(() => LaunchAsync())).Message;

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        Launcher.Dispose();
        await Server.DisposeAsync();
    }
}
