using Amazon.Runtime.Internal;

namespace Amazon.ECS.Internal;

internal sealed class AmazonECSMetadata : IServiceMetadata
{
    public string ServiceId => "ECS";

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
