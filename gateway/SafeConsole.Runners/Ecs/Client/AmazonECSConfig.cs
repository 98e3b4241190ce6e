using Amazon.ECS.Endpoints;
using Amazon.ECS.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.ECS;

/// <summary>Where ECS is, and how it is called.</summary>
internal sealed class AmazonECSConfig : ClientConfig
{
    private static readonly AmazonECSEndpointResolver EndpointResolver = new();

    public AmazonECSConfig()
        : base(new DefaultConfigurationProvider(AmazonECSDefaultConfiguration.GetAllConfigurations()))
    {
        base.ServiceId = "ECS";
        AuthenticationServiceName = "ecs";
        EndpointProvider = new AmazonECSEndpointProvider();
    }

    public override string RegionEndpointServiceName => "ecs";

    public override string ServiceVersion => "2014-11-13";

    public override string UserAgent => "safeconsole-ecs";

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointResolver.GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(new RequestContext(false, new Amazon.Runtime.Internal.Auth.NullSigner()) { ClientConfig = this, OriginalRequest = parameters.Request, Request = new DefaultRequest(parameters.Request, ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint } }, null));
}
