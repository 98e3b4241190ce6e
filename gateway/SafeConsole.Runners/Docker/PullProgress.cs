using System.Diagnostics;
using Docker.DotNet.Models;

namespace SafeConsole.Runners.Docker;

/// <summary>
/// Tells a pull's steps, each once, without the bars that fill, and every two seconds how far the whole is; keeps the error, which comes as a message like any other.
/// </summary>
internal sealed class PullProgress(string image, SharedPull pull) : IProgress<JSONMessage>
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> told = [];
    private readonly Dictionary<string, long> loaded = new(StringComparer.Ordinal);
    private readonly HashSet<string> there = new(StringComparer.Ordinal);
    private long? said;

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public void Report(JSONMessage value)
    {
        Failure ??= value.Error?.Message;
        var line = string.IsNullOrEmpty(value.ID) ? value.Status : $"{value.ID}: {value.Status}";
        if (!string.IsNullOrEmpty(value.Status) && told.Add(line!))
            pull.Tell(line!);
        if (!IsOfLayer(value) || (said is { } last && Stopwatch.GetElapsedTime(last) < Pace))
            return;
        said = Stopwatch.GetTimestamp();
        pull.UnderWay(FormattableString.Invariant($"Pulling {image}: {there.Count} of {loaded.Count} layers are there, {loaded.Values.Sum() / 1e6:0.0} MB loaded."));
    }

    // The engine's own words, as it tells them to `docker pull`.
    private bool IsOfLayer(JSONMessage value)
    {
        if (string.IsNullOrEmpty(value.ID))
            return false;
        switch (value.Status)
        {
            case "Pulling fs layer":
                return loaded.TryAdd(value.ID, 0);
            case "Downloading":
                loaded[value.ID] = value.Progress?.Current ?? 0;
                return true;
            case "Already exists" or "Pull complete":
                loaded.TryAdd(value.ID, 0);
                return there.Add(value.ID);
            default:
                return false;
        }
    }
}
