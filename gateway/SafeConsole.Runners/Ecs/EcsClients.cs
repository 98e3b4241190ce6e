using Amazon;
using Amazon.ECS;
using Amazon.Runtime;

namespace SafeConsole.Runners.Ecs;

/// <summary>The client that the options ask for, with credentials from the SDK's chain.</summary>
internal static class EcsClients
{
    private const int Repetitions = 2;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    public static AmazonECSClient For(EcsOptions options) => new(ConfigFor(options));

    public static AmazonECSConfig ConfigFor(EcsOptions options)
    {
        var config = new AmazonECSConfig { RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Repetitions, Timeout = CallTimeout };
        if (options.ServiceUrl is not null)
            (config.ServiceURL, config.AuthenticationRegion) = (options.ServiceUrl, options.Region);
        else if (options.Region is not null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return config;
    }
}
