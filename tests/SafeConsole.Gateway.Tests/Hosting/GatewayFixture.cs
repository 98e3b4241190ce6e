namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>One gateway for the tests of a class that do not disturb each other.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    /// <summary>The gateway.</summary>
    public TestGateway Gateway { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Gateway = await TestGateway.StartAsync();

    /// <inheritdoc/>
    public Task DisposeAsync() => Gateway.DisposeAsync().AsTask();
}
