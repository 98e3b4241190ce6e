using System.Collections.ObjectModel;
using Amazon.Runtime;

namespace Amazon.ECS.Internal;

/// <summary>The modes in which the SDK chooses time-outs and retries; the launcher sets its own, so that they are all alike.</summary>
internal static class AmazonECSDefaultConfiguration
{
    public static ReadOnlyCollection<IDefaultConfiguration> GetAllConfigurations() =>
        new([.. Enum.GetValues<DefaultConfigurationMode>().Select(Of)]);

    private static IDefaultConfiguration Of(DefaultConfigurationMode mode) => new DefaultConfiguration
    {
        Name = mode,
        RetryMode = RequestRetryMode.Standard,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        TlsNegotiationTimeout = TimeSpan.FromSeconds(3),
    };
}
