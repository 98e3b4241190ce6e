namespace SafeConsole.Runners;

/// <summary>Runners' ids become names of files, containers and tasks.</summary>
internal static class RunnerName
{
    private const int Longest = 64;

    /// <summary>Letters, digits and hyphens, at most 64; throws <see cref="ArgumentException"/> for anything else.</summary>
    public static void Check(string runner)
    {
        if (runner.Length is 0 or > Longest || !runner.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
            throw new ArgumentException($"A runner's id holds letters, digits and hyphens only, at most {Longest}.", nameof(runner));
    }
}
