using Microsoft.Extensions.Options;

namespace SafeConsole.Runners.Docker;

/// <summary>Says in sentences what is wrong with the options.</summary>
public sealed class DockerOptionsValidator : IValidateOptions<DockerOptions>
{
    private const int LongestName = 128;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DockerOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(DockerOptions options)
    {
        if (!Path.IsPathFullyQualified(options.EngineSocket))
            yield return $"EngineSocket is '{options.EngineSocket}'; it must be the absolute path of the engine's Unix socket, such as /var/run/docker.sock.";
        else if (options.EngineSocket.Length > LinkSocket.LongestPath)
            yield return $"EngineSocket is '{options.EngineSocket}'; a socket's path may have {LinkSocket.LongestPath} bytes.";
        if (!Path.IsPathFullyQualified(options.RuntimeDirectory))
            yield return $"RuntimeDirectory is '{options.RuntimeDirectory}'; it must be an absolute path.";
        else if (options.LinkSocket.Length > LinkSocket.LongestPath)
            yield return $"RuntimeDirectory is '{options.RuntimeDirectory}'; with /link.sock it is longer than the {LinkSocket.LongestPath} bytes that a socket's path may have.";
        if (options.Gateway.Length is 0 or > LongestName || options.Gateway.Any(character => char.IsControl(character) || character == '='))
            yield return $"Gateway is '{options.Gateway}'; it must be a name of at most {LongestName} characters without '=', for it becomes a label.";
        if (options.LaunchTimeout <= TimeSpan.Zero)
            yield return "LaunchTimeout must be longer than nothing.";
        if (options.EnginePatience <= TimeSpan.Zero)
            yield return "EnginePatience must be longer than nothing.";
    }
}
