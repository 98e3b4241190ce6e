using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SafeConsole.Runners;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>The real sandbox, with runners whose watch fails when a test says so.</summary>
public sealed class FaultyLauncher(IRunnerLauncher inner) : IRunnerLauncher
{
    private readonly TaskCompletionSource<int?> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <summary>Puts it before the gateway's launcher.</summary>
    public static void Add(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IRunnerLauncher)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IRunnerLauncher>(provider => new FaultyLauncher((IRunnerLauncher)ActivatorUtilities.CreateInstance(provider, real))));
    }

    /// <summary>A gateway's.</summary>
    public static FaultyLauncher Of(TestGateway gateway) => (FaultyLauncher)gateway.Services.GetRequiredService<IRunnerLauncher>();

    /// <summary>The watch of every runner fails.</summary>
    public void Fault(Exception failure) => exited.SetException(failure);

    /// <inheritdoc/>
    public async Task<IRunner> LaunchAsync(RunnerSpec spec, ILaunchProgress progress, CancellationToken cancellationToken) =>
        new Faulty(await inner.LaunchAsync(spec, progress, cancellationToken), exited.Task);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundRunner>> FindAsync(CancellationToken cancellationToken) => inner.FindAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<bool> StopAsync(FoundRunner found, CancellationToken cancellationToken) => inner.StopAsync(found, cancellationToken);

    private sealed class Faulty(IRunner inner, Task<int?> exited) : IRunner
    {
        public string Id => inner.Id;

        public Task<int?> Exited => exited;

        public ValueTask<RunnerUsage?> MeasureAsync(CancellationToken cancellationToken) => inner.MeasureAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
