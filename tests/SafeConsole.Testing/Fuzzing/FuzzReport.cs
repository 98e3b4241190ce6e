using System.Globalization;

namespace SafeConsole.Testing.Fuzzing;

/// <summary>What a run came to.</summary>
public sealed record FuzzReport(int Seed, long Inputs, int Outcomes, int Corpus, TimeSpan Slowest, long MostAllocated)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}: {Inputs} inputs, {Outcomes} outcomes, corpus of {Corpus}, slowest {Slowest.TotalMilliseconds:0} ms, most allocated {MostAllocated / 1024} KiB");
}
