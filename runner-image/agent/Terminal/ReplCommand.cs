using SafeConsole.Agent.Link;

namespace SafeConsole.Agent.Terminal;

/// <summary>The REPL's command line with its program found, and its environment.</summary>
internal sealed record ReplCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyList<string> Environment)
{
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";
    private const string ProcessLimiter = "/usr/bin/prlimit";

    /// <summary>Finds the program as a shell would, along the environment's PATH. Throws <see cref="AgentFailedException"/> where there is none.</summary>
    public static ReplCommand Resolve(StartFrame start, int? processLimit)
    {
        if (start.Command is not [var name, ..] || name.Length == 0)
            throw new AgentFailedException("The policy names no command for this REPL.");
        var path = start.Environment.GetValueOrDefault("PATH") ?? DefaultPath;
        var program = Find(name, path) ?? throw new AgentFailedException($"{name}: this command does not exist in the runner (looked in {path}).");
        var environment = start.Environment.Select(variable => $"{variable.Key}={variable.Value}").ToList();
        if (processLimit is not { } limit)
            return new ReplCommand(program, start.Command, environment);
        return new ReplCommand(Find(ProcessLimiter, path) ?? throw new AgentFailedException($"{ProcessLimiter} is missing in the runner, so its processes cannot be limited."),
            ["prlimit", $"--nproc={limit}:{limit}", "--", program, .. start.Command.Skip(1)], environment);
    }

    private static string? Find(string name, string path)
    {
        var candidates = name.Contains('/') ? [name] : path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => $"{folder}/{name}");
        return candidates.FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
