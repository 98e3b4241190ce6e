using System.Text.RegularExpressions;

namespace SafeConsole.Clients.Tests;

/// <summary>
/// What a client's script printed: <c>ok STEP</c>, <c>failed STEP: why</c>, <c>refused STEP: error</c>, and <c>finished</c> at its end.
/// </summary>
public sealed partial class ClientRun(string screen)
{
    private readonly string[] lines = [.. Escapes().Replace(screen, "").Split('\n').Select(line => line.Trim('\r'))];

    /// <summary>All lines of the terminal, without escape sequences.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>The names of the steps that passed.</summary>
    public IReadOnlyList<string> Passed => [.. Starting("ok ")];

    /// <summary>The steps that failed, with their errors.</summary>
    public IReadOnlyList<string> Failed => [.. Starting("failed ")];

    /// <summary>What was refused, by step: the error as the client words it.</summary>
    public IReadOnlyDictionary<string, string> Refused =>
        Starting("refused ").Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);

    /// <summary>Fails unless the script came to its end, no step failed, and at least <paramref name="least"/> passed.</summary>
    public void Works(int least = 21)
    {
        Assert.True(Failed.Count == 0, $"{Failed.Count} of {Failed.Count + Passed.Count} steps failed:\n{string.Join('\n', Failed)}");
        Assert.True(lines.Contains("finished"), $"It did not finish; {Passed.Count} steps passed. The end of its output:\n{string.Join('\n', lines.TakeLast(30))}");
        Assert.True(Passed.Count >= least, $"Only {Passed.Count} steps ran: {string.Join(", ", Passed)}");
    }

    /// <summary>Fails unless the step was refused with exactly this error.</summary>
    public void Refuses(string step, string error) =>
        Assert.Equal(error, Refused.GetValueOrDefault(step) ?? $"nothing was printed for {step}; the end of the output:\n{string.Join('\n', lines.TakeLast(30))}");

    [GeneratedRegex(@"\x1b\[[0-9;?]*[a-zA-Z]")]
    private static partial Regex Escapes();

    private IEnumerable<string> Starting(string word) =>
        lines.Where(line => line.StartsWith(word, StringComparison.Ordinal)).Select(line => line[word.Length..]);
}
