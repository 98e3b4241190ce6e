using System.Globalization;
using Docker.DotNet.Models;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Docker;

/// <summary>
/// What a container uses: from the kernel's own files where the gateway sees them (cgroups, version 2 and 1), which costs microseconds, and else from
/// the engine. Memory is without the file pages that the kernel would give back, as `docker stats` shows it; files in memory count.
/// </summary>
internal sealed class ContainerUsage
{
    private const string Root = "/sys/fs/cgroup";

    private readonly DockerEngine engine;
    private readonly string container;
    private readonly string processorFile;
    private readonly string memoryFolder;
    private readonly bool isUnified;

    public ContainerUsage(DockerEngine engine, string container)
    {
        this.engine = engine;
        this.container = container;
        isUnified = File.Exists(Path.Combine(Root, "cgroup.controllers"));
        // Named by the engine's two cgroup drivers, cgroupfs and systemd.
        string[] groups = [$"docker/{container}", $"system.slice/docker-{container}.scope"];
        var group = groups.FirstOrDefault(name => Directory.Exists(Path.Combine(Root, isUnified ? "" : "memory", name)));
        memoryFolder = group is null ? "" : Path.Combine(Root, isUnified ? "" : "memory", group);
        processorFile = group is null ? "" : isUnified ? Path.Combine(memoryFolder, "cpu.stat") : Path.Combine(Root, "cpuacct", group, "cpuacct.usage");
    }

    /// <summary>How many sockets it has; 0 where the kernel's files are not there to be read, and when it is gone.</summary>
    public int CountSockets()
    {
        try
        {
            return IsLocal && File.ReadLines(Path.Combine(memoryFolder, "cgroup.procs")).FirstOrDefault() is { } process
                ? RunnerSockets.CountOf(int.Parse(process, CultureInfo.InvariantCulture))
                : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>True where the kernel's files are there to be read.</summary>
    public bool IsLocal => memoryFolder.Length > 0;

    /// <summary>What it uses now; null when it is gone.</summary>
    public async ValueTask<RunnerUsage?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return IsLocal ? ReadFiles() : await AskAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private RunnerUsage ReadFiles() => isUnified
        ? new RunnerUsage(TimeSpan.FromMicroseconds(Entry(processorFile, "usage_usec")), MemoryOf("memory.current", "inactive_file"))
        : new RunnerUsage(TimeSpan.FromTicks(Number(File.ReadAllText(processorFile)) / TimeSpan.NanosecondsPerTick), MemoryOf("memory.usage_in_bytes", "total_inactive_file"));

    private long MemoryOf(string all, string givenBack) =>
        Math.Max(0, Number(File.ReadAllText(Path.Combine(memoryFolder, all))) - Entry(Path.Combine(memoryFolder, "memory.stat"), givenBack));

    /// <summary>Asks the engine. Null when the container is gone, or the engine.</summary>
    public async Task<RunnerUsage?> AskAsync(CancellationToken cancellationToken)
    {
        var last = new LastStats();
        try
        {
            await engine.Client.Containers.GetContainerStatsAsync(container, new ContainerStatsParameters { Stream = false, OneShot = true }, last, cancellationToken);
        }
        catch (Exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        if (last.Stats is not { MemoryStats: { Usage: { } memory } details, CPUStats.CPUUsage.TotalUsage: var nanoseconds })
            return null;
        var givenBack = Statistic(details, "total_inactive_file") ?? Statistic(details, "inactive_file") ?? 0;
        return new RunnerUsage(TimeSpan.FromTicks((long)(nanoseconds / (ulong)TimeSpan.NanosecondsPerTick)), (long)(memory - Math.Min(memory, givenBack)));
    }

    private static ulong? Statistic(MemoryStats memory, string name) => memory.Stats is { } all && all.TryGetValue(name, out var value) ? value : null;

    private static long Entry(string file, string name) =>
        Number(File.ReadLines(file).First(line => line.StartsWith(name + " ", StringComparison.Ordinal)).AsSpan(name.Length));

    private static long Number(ReadOnlySpan<char> text) => long.Parse(text.Trim(), CultureInfo.InvariantCulture);
}
