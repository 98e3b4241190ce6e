using Docker.DotNet.Models;

namespace SafeConsole.Runners.Docker;

/// <summary>Tells a pull's steps, each once, without the bars that fill; keeps the error, which comes as a message like any other.</summary>
internal sealed class PullProgress(Action<string> tell) : IProgress<JSONMessage>
{
    private readonly HashSet<string> told = [];

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public void Report(JSONMessage value)
    {
        Failure ??= value.Error?.Message;
        var line = string.IsNullOrEmpty(value.ID) ? value.Status : $"{value.ID}: {value.Status}";
        if (!string.IsNullOrEmpty(value.Status) && told.Add(line!))
            tell(line!);
    }
}
