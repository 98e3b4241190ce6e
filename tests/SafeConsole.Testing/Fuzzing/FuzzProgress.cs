namespace SafeConsole.Testing.Fuzzing;

/// <summary>How far a run has come; written by the target's thread, read by the one that watches it.</summary>
internal sealed class FuzzProgress<T>(int seed)
{
    private long inputs;
    private int outcomes;
    private int corpus;
    private TimeSpan slowest;
    private long mostAllocated;

    public int Seed => seed;

    public FuzzInput<T>? Current
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    public FuzzFailureException? Failure { get; set; }

    public FuzzReport Report => new(seed, inputs, outcomes, corpus, slowest, mostAllocated);

    public void Measure(TimeSpan elapsed, long allocated)
    {
        slowest = elapsed > slowest ? elapsed : slowest;
        mostAllocated = Math.Max(mostAllocated, allocated);
    }

    public void Count(int outcomesSeen, int corpusSize)
    {
        inputs++;
        (outcomes, corpus) = (outcomesSeen, corpusSize);
    }
}
