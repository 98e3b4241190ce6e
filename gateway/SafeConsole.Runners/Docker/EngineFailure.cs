using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;

namespace SafeConsole.Runners.Docker;

/// <summary>What went wrong with the engine, as one sentence that says what to do.</summary>
internal static class EngineFailure
{
    /// <summary>The sentence for a failed call; <paramref name="image"/> is what was to be started, where something was.</summary>
    public static RunnerLaunchException Explain(Exception failure, DockerOptions options, string? image = null) => new(Sentence(failure, options, image), failure);

    /// <summary>True where the engine itself did not answer: it is not there, was cut off, or is about to end.</summary>
    public static bool IsOfConnection(Exception failure) => failure is not DockerApiException { StatusCode: < HttpStatusCode.InternalServerError };

    /// <summary>The engine's own words for a refusal.</summary>
    public static string MessageOf(DockerApiException refusal)
    {
        try
        {
            using var body = JsonDocument.Parse(refusal.ResponseBody ?? "");
            return body.RootElement.GetProperty("message").GetString()!.Trim().TrimEnd('.');
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or NullReferenceException)
        {
            return $"it answered with status {(int)refusal.StatusCode}";
        }
    }

    /// <summary>The sentence for an engine's words, whether they came as an error or as the reason why a container did not start.</summary>
    public static string Sentence(string message, string? image)
    {
        if (message.Contains("no space left", StringComparison.OrdinalIgnoreCase))
            return $"The Docker engine has no space left on its disk, so the runner could not be started; free some, or give the engine more: {message}.";
        if (image is not null && message.Contains(ContainerSettings.Agent, StringComparison.Ordinal))
        {
            return message.Contains("no such file", StringComparison.OrdinalIgnoreCase)
                ? $"The image {image} has no agent at {ContainerSettings.Agent}; runner-image/README.md says how an image gets one."
                : $"The agent of the image {image} could not be started; {ContainerSettings.Agent} must be the executable that runner-image/build-agent.sh builds: {message}.";
        }
        return $"The Docker engine could not start the runner: {message}.";
    }

    private static string Sentence(Exception failure, DockerOptions options, string? image) => failure switch
    {
        DockerApiException refusal => Sentence(MessageOf(refusal), image),
        _ when Find<SocketException>(failure) is { SocketErrorCode: SocketError.AccessDenied } =>
            $"The gateway may not use the Docker engine at {options.EngineSocket}: permission denied; its user must be in the group that the socket belongs to.",
        _ when Find<SocketException>(failure) is not null =>
            $"The Docker engine does not answer at {options.EngineSocket}; start it, or correct the engine's socket in the gateway's configuration.",
        _ when Find<OperationCanceledException>(failure) is not null =>
            $"The Docker engine at {options.EngineSocket} did not answer within {options.LaunchTimeout.TotalSeconds:0} s.",
        _ => $"The Docker engine at {options.EngineSocket} broke off its answer: {(failure.InnerException ?? failure).Message.TrimEnd('.')}.",
    };

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        while (failure is not null and not T)
            failure = failure.InnerException;
        return (T?)failure;
    }
}
