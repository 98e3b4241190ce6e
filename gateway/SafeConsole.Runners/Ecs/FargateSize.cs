using System.Globalization;

namespace SafeConsole.Runners.Ecs;

/// <summary>
/// A size in which Fargate sells tasks: CPU units, 1,024 to a processor, and MiB of memory
/// (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html).
/// </summary>
internal sealed record FargateSize(int Units, int Mebibytes)
{
    private const int UnitsOfOne = 1024;

    private static readonly FargateSize[] All =
    [
        new(256, 512), new(256, 1024), new(256, 2048),
        .. Of(512, 1024, 4096, 1024), .. Of(1024, 2048, 8192, 1024), .. Of(2048, 4096, 16384, 1024), .. Of(4096, 8192, 30720, 1024),
        .. Of(8192, 16384, 61440, 4096), .. Of(16384, 32768, 122880, 8192),
    ];

    public string UnitsText => Units.ToString(CultureInfo.InvariantCulture);

    public string MebibytesText => Mebibytes.ToString(CultureInfo.InvariantCulture);

    /// <summary>The smallest that holds the limits. Throws <see cref="RunnerLaunchException"/> where none does.</summary>
    public static FargateSize For(RunnerLimits limits) =>
        All.FirstOrDefault(size => size.Units >= limits.Processors * UnitsOfOne && (long)size.Mebibytes << 20 >= limits.Memory)
            ?? throw new RunnerLaunchException($"ECS: no Fargate task has {limits.Processors:0.##} processors and {limits.Memory >> 20} MiB of memory; lower the policy's limits.");

    private static IEnumerable<FargateSize> Of(int units, int least, int most, int step)
    {
        for (var mebibytes = least; mebibytes <= most; mebibytes += step)
            yield return new FargateSize(units, mebibytes);
    }
}
