using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SafeConsole.Runners;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>The real sandbox, held up where a test says so, as an engine that is slow would hold it up.</summary>
public sealed class HeldLauncher(IRunnerLauncher inner) : IRunnerLauncher
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <summary>The target whose image is absent, and the image's pull.</summary>
    public (string Target, Func<ILaunchProgress, CancellationToken, Task> PullAsync)? Absent { get; set; }

    /// <summary>What comes before the launch itself.</summary>
    public Func<RunnerShape, CancellationToken, Task> Launching { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What comes before a runner's stop.</summary>
    public Func<RunnerShape, Task> Stopping { get; set; } = _ => Task.CompletedTask;

    /// <summary>Puts it before the gateway's launcher.</summary>
    public static void Add(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IRunnerLauncher)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IRunnerLauncher>(provider => new HeldLauncher((IRunnerLauncher)ActivatorUtilities.CreateInstance(provider, real))));
    }

    /// <summary>A gateway's.</summary>
    public static HeldLauncher Of(TestGateway gateway) => (HeldLauncher)gateway.Services.GetRequiredService<IRunnerLauncher>();

    /// <inheritdoc/>
    public Task<bool> IsPreparedAsync(RunnerShape shape, CancellationToken cancellationToken) => Task.FromResult(Absent?.Target != shape.Target);

    /// <inheritdoc/>
    public Task PrepareAsync(RunnerShape shape, RunnerLog log, ILaunchProgress progress, CancellationToken cancellationToken) =>
        Absent is { } absent && absent.Target == shape.Target ? absent.PullAsync(progress, cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<IRunner> LaunchAsync(RunnerSpec spec, ILaunchProgress progress, CancellationToken cancellationToken)
    {
        await Launching(spec.Shape, cancellationToken);
        return new Held(await inner.LaunchAsync(spec, progress, cancellationToken), () => Stopping(spec.Shape));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundRunner>> FindAsync(CancellationToken cancellationToken) => inner.FindAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<bool> StopAsync(FoundRunner found, CancellationToken cancellationToken) => inner.StopAsync(found, cancellationToken);

    private sealed class Held(IRunner inner, Func<Task> stopping) : IRunner
    {
        public string Id => inner.Id;

        public Task<int?> Exited => inner.Exited;

        public string? EndSentence => inner.EndSentence;

        public ValueTask<RunnerUsage?> MeasureAsync(CancellationToken cancellationToken) => inner.MeasureAsync(cancellationToken);

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await stopping();
            await inner.StopAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
