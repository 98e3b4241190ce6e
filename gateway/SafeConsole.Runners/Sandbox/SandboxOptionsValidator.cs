using Microsoft.Extensions.Options;

namespace SafeConsole.Runners.Sandbox;

/// <summary>Says in sentences what is wrong with the options.</summary>
public sealed class SandboxOptionsValidator : IValidateOptions<SandboxOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SandboxOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(SandboxOptions options)
    {
        if (!Path.IsPathFullyQualified(options.RuntimeDirectory))
            yield return $"RuntimeDirectory is '{options.RuntimeDirectory}'; it must be an absolute path.";
        else if (options.LinkSocket.Length > LinkSocket.LongestPath)
            yield return $"RuntimeDirectory is '{options.RuntimeDirectory}'; with /link.sock it is longer than the {LinkSocket.LongestPath} bytes that a socket's path may have.";
        if (!File.Exists(options.AgentPath))
            yield return $"AgentPath is '{options.AgentPath}', where there is no file; runner-image/build-agent.sh builds the agent.";
        if (options.FirstUserId < 1000 || options.LastUserId < options.FirstUserId)
            yield return $"FirstUserId to LastUserId is {options.FirstUserId} to {options.LastUserId}; it must be a range of unused user ids above 1000.";
        if (options.LaunchTimeout <= TimeSpan.Zero)
            yield return "LaunchTimeout must be longer than nothing.";
        foreach (var path in options.ReadOnlyPaths.Where(path => !Path.IsPathFullyQualified(path)))
            yield return $"ReadOnlyPaths holds '{path}'; it must be an absolute path.";
    }
}
