using System.Text;
using SafeConsole.Scripting;

namespace SafeConsole.Bench;

/// <summary>
/// The durations of a launch's stages, as its transcript has them, and of what is before and after them. The gateway's clock is this machine's, so its times and
/// those of the click and of the prompt can be compared.
/// </summary>
public sealed class StageSamples
{
    private readonly List<(string Name, Samples Samples)> all = [];

    /// <summary>By name, in the order in which they come.</summary>
    public IReadOnlyList<(string Name, Samples Samples)> All => all;

    /// <summary>Adds a session whose one REPL has connected to its database and then shown its prompt.</summary>
    public void Add(OpenedSession session, string prompt, DateTimeOffset clicked, DateTimeOffset shown)
    {
        var entries = session.Entries;
        Of("opening").Add((At(entries[0]) - clicked).TotalMilliseconds);
        foreach (var stage in entries.Where(entry => entry.Type == "runner.stage"))
        {
            Of(stage.Text("stage")!).Add(stage.Body.GetProperty("seconds").GetDouble() * 1000);
        }
        var ready = At(entries.Last(entry => entry.Type == "runner.stage"));
        var connected = At(entries.First(entry => entry.Type == "database.connected"));
        var proven = At(entries.Last(entry => entry.Type == "replica.proven"));
        var prompted = At(PromptOf(entries, prompt));
        Of("REPL's start").Add((connected - ready).TotalMilliseconds);
        Of("REPL's log-in").Add((proven - connected).TotalMilliseconds);
        Of("REPL's prompt").Add((prompted - proven).TotalMilliseconds);
        Of("record to screen").Add((shown - prompted).TotalMilliseconds);
    }

    private static DateTimeOffset At(TranscriptEntry entry) => entry.Body.GetProperty("at").GetDateTimeOffset();

    // A prompt may come in parts; the one that completes it counts.
    private static TranscriptEntry PromptOf(IReadOnlyList<TranscriptEntry> entries, string prompt)
    {
        var screen = new StringBuilder();
        return entries.First(entry => screen.Append(Encoding.UTF8.GetString(entry.TerminalOutput())).ToString().Contains(prompt, StringComparison.Ordinal));
    }

    private Samples Of(string name)
    {
        if (all.Find(entry => entry.Name == name) is { Samples: { } known })
        {
            return known;
        }
        var samples = new Samples();
        all.Add((name, samples));
        return samples;
    }
}
