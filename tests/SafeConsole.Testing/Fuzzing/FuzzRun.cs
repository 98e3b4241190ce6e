using System.Diagnostics;

namespace SafeConsole.Testing.Fuzzing;

/// <summary>
/// Feeds mutated inputs to a target on a thread with a small stack. An input with an outcome that was not seen before joins the corpus. An exception, an input that takes
/// too long or allocates too much, and memory that stays taken end the run with that input.
/// </summary>
public sealed class FuzzRun<T>(IReadOnlyList<T> seeds, Func<Random, IReadOnlyList<T>, T> mutate, Func<T, string> examine, Func<T, string> show)
{
    private const int SmallStack = 1536 * 1024; // as a pool thread's on most systems
    private const int LargestCorpus = 20_000;
    private const long MostKept = 256L * 1024 * 1024;

    /// <summary>How long one input may take. Generous: the machine may be busy.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What one input may allocate on the target's thread, in bytes.</summary>
    public long MostAllocated { get; init; } = 64L * 1024 * 1024;

    /// <summary>Runs <paramref name="inputs"/> inputs from a fixed seed and as many from a random one, or for as long as the budget says. Throws <see cref="FuzzFailureException"/>.</summary>
    public IReadOnlyList<FuzzReport> Run(int inputs)
    {
        if (FuzzBudget.GivenSeed is { } given)
        {
            return [Run(given, inputs, FuzzBudget.LongRun)];
        }

        int random = Random.Shared.Next();
        return FuzzBudget.LongRun is { } time ? [Run(random, int.MaxValue, time)] : [Run(FuzzBudget.FixedSeed, inputs, null), Run(random, inputs, null)];
    }

    private FuzzReport Run(int seed, int inputs, TimeSpan? time)
    {
        var progress = new FuzzProgress<T>(seed);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var thread = new Thread(() => Feed(progress, inputs, time), SmallStack) { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            if (progress.Current is { } current && Stopwatch.GetElapsedTime(current.Since) > Patience)
            {
                throw Failure(progress, current.Input, $"did not end within {Patience.TotalSeconds:0} s");
            }
        }

        if (progress.Failure is { } failure)
        {
            throw failure;
        }

        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        return kept <= MostKept ? progress.Report : throw new FuzzFailureException($"seed {seed}: {kept / 1024 / 1024} MiB stay taken after {progress.Report.Inputs} inputs");
    }

    private void Feed(FuzzProgress<T> progress, int inputs, TimeSpan? time)
    {
        var random = new Random(progress.Seed);
        List<T> corpus = [.. seeds];
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < inputs && (time is null || watch.Elapsed < time); i++)
        {
            T input = i < seeds.Count && time is not null ? seeds[i] : mutate(random, corpus);
            if (TryExamine(progress, input) is not { } outcome)
            {
                return;
            }

            if (outcomes.Add(outcome) && corpus.Count < LargestCorpus)
            {
                corpus.Add(input);
            }

            progress.Count(outcomes.Count, corpus.Count);
        }
    }

    private string? TryExamine(FuzzProgress<T> progress, T input)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long since = Stopwatch.GetTimestamp();
        progress.Current = new FuzzInput<T>(input, since);
        try
        {
            string outcome = examine(input);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            progress.Measure(Stopwatch.GetElapsedTime(since), allocated);
            progress.Failure = allocated > MostAllocated ? Failure(progress, input, $"allocated {allocated / 1024 / 1024} MiB") : null;
            return progress.Failure is null ? outcome : null;
        }
        catch (Exception failure)
        {
            progress.Failure = Failure(progress, input, $"ended in {failure.GetType().Name}: {failure.Message}", failure);
            return null;
        }
        finally
        {
            progress.Current = null;
        }
    }

    private FuzzFailureException Failure(FuzzProgress<T> progress, T input, string what, Exception? cause = null) =>
        new($"seed {progress.Seed}, input {progress.Report.Inputs + 1} {what}\n{show(input)}", cause);
}
