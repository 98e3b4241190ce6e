using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Ecs;

/// <summary>A local ECS, a gateway's links and a launcher, for one test; nothing may have been sent or answered that the service's model does not allow.</summary>
public abstract class EcsTests : IAsyncLifetime
{
    private EcsSite? site;

    internal EcsSite Site => site!;

    public async Task InitializeAsync() => site = await EcsSite.StartAsync();

    public async Task DisposeAsync()
    {
        await Site.DisposeAsync();
        Assert.Empty(Site.Cloud.Violations);
    }
}
