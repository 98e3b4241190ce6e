using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.ECS.Endpoints;

/// <summary>ECS has one host name in each region, and variants of it for FIPS 140 and for IPv6.</summary>
internal sealed class AmazonECSEndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters["Endpoint"] is string { Length: > 0 } given)
            return new Endpoint(given);
        if (parameters["Region"] is not string { Length: > 0 } region)
            throw new AmazonClientException("No region is configured for ECS.");
        var host = parameters["UseFIPS"] is true ? "ecs-fips" : "ecs";
        var domain = parameters["UseDualStack"] is true ? "api.aws" : RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
        return new Endpoint($"https://{host}.{region}.{domain}");
    }
}
