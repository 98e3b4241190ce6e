using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>A request to ECS.</summary>
internal abstract class AmazonECSRequest : AmazonWebServiceRequest;
