namespace SafeConsole.Bench;

/// <summary>A target's policy file as the loads need it: limits beyond what a developer at a prompt would be given.</summary>
public static class BenchPolicy
{
    private const string Limits = """

        limits:
          statementTimeout: 10m
          idleInTransaction: 10m
          rowsPerStatement: 1_000_000_000
          bytesPerStatement: 64GiB
          transcript: 64GiB
          memory: 1GiB

        """;

    /// <summary>The text with those limits; it must not have limits of its own.</summary>
    public static string Raise(string policy) => policy + Limits;
}
