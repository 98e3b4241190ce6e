using System.Globalization;

namespace SafeConsole.Testing.Fuzzing;

/// <summary>How much a fuzz run does: a number of inputs from a fixed and from a random seed, or a time where tests/fuzz/run.sh gives one.</summary>
public static class FuzzBudget
{
    /// <summary>The seed of the run that is the same every time.</summary>
    public const int FixedSeed = 20_261_123;

    /// <summary>How long each target runs; null in an ordinary test run. Set by the environment's SAFECONSOLE_FUZZ_SECONDS.</summary>
    public static TimeSpan? LongRun { get; } =
        Environment.GetEnvironmentVariable("SAFECONSOLE_FUZZ_SECONDS") is { Length: > 0 } seconds ? TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)) : null;

    /// <summary>A seed to run again, as a failure printed it. Set by the environment's SAFECONSOLE_FUZZ_SEED.</summary>
    public static int? GivenSeed { get; } =
        Environment.GetEnvironmentVariable("SAFECONSOLE_FUZZ_SEED") is { Length: > 0 } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : null;
}
