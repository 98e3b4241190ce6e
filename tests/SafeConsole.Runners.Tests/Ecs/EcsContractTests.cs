using SafeConsole.CloudEndpoint;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Ecs;

/// <summary>The runner contract, on tasks of a local ECS whose containers are real runners.</summary>
public sealed class EcsContractTests : RunnerDatabaseContract
{
    private LocalCloud? cloud;

    public override async Task DisposeAsync()
    {
        await cloud!.DisposeAsync();
        Assert.Empty(cloud.Violations);
        await base.DisposeAsync();
    }

    internal override bool MeasuresUsage => false;

    internal override IRunnerLauncher CreateLauncher(LinkServer server)
    {
        cloud = EcsSite.StartCloudAsync().GetAwaiter().GetResult();
        server.ShapeOf = EcsSite.ShapeOf;
        return EcsSite.NewLauncher(cloud, server);
    }
}
