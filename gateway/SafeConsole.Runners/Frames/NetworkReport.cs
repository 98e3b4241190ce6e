using System.Text;
using System.Text.Unicode;

namespace SafeConsole.Runners.Frames;

/// <summary>Whether the runner has a way out other than its link, and what the agent saw, in words for the transcript.</summary>
public sealed record NetworkReport(bool Reachable, string Evidence)
{
    /// <summary>The longest evidence that is kept, in bytes of UTF-8.</summary>
    public const int LongestEvidence = 2048;

    private const string Ellipsis = "…";

    /// <summary>What the agent saw; where it is longer than <see cref="LongestEvidence"/> it is cut there and ends with an ellipsis.</summary>
    public string Evidence { get; } = Cut(Evidence);

    private static string Cut(string evidence)
    {
        if (Encoding.UTF8.GetByteCount(evidence) <= LongestEvidence)
            return evidence;
        var kept = new byte[LongestEvidence - Encoding.UTF8.GetByteCount(Ellipsis)];
        // Takes whole characters only.
        Utf8.FromUtf16(evidence, kept, out _, out var written);
        return Encoding.UTF8.GetString(kept, 0, written) + Ellipsis;
    }
}
