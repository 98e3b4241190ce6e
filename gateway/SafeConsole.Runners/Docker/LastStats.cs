using Docker.DotNet.Models;

namespace SafeConsole.Runners.Docker;

/// <summary>Keeps what the engine reported last.</summary>
internal sealed class LastStats : IProgress<ContainerStatsResponse>
{
    public ContainerStatsResponse? Stats { get; private set; }

    /// <inheritdoc/>
    public void Report(ContainerStatsResponse value) => Stats = value;
}
