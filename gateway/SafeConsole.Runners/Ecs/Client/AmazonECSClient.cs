using Amazon.ECS.Internal;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS;

/// <summary>
/// A client of ECS with the calls that a launcher needs, by the names of AWSSDK.ECS: where that package is to be had, it replaces this folder.
/// Credentials, region, signatures, retries and clock skew are those of AWSSDK.Core.
/// </summary>
internal sealed class AmazonECSClient : AmazonServiceClient, IAmazonECS
{
    /// <summary>Credentials are found by the SDK's chain: environment, profile, container, instance.</summary>
    public AmazonECSClient(AmazonECSConfig clientConfig)
        : base(clientConfig)
    {
    }

    public AmazonECSClient(AWSCredentials credentials, AmazonECSConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new AmazonECSMetadata();

    public System.Threading.Tasks.Task<DescribeTaskDefinitionResponse> DescribeTaskDefinitionAsync(DescribeTaskDefinitionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeTaskDefinitionResponse>("DescribeTaskDefinition", request, cancellationToken);

    public System.Threading.Tasks.Task<DescribeTasksResponse> DescribeTasksAsync(DescribeTasksRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeTasksResponse>("DescribeTasks", request, cancellationToken);

    public System.Threading.Tasks.Task<ListTasksResponse> ListTasksAsync(ListTasksRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListTasksResponse>("ListTasks", request, cancellationToken);

    public System.Threading.Tasks.Task<RunTaskResponse> RunTaskAsync(RunTaskRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<RunTaskResponse>("RunTask", request, cancellationToken);

    public System.Threading.Tasks.Task<StopTaskResponse> StopTaskAsync(StopTaskRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<StopTaskResponse>("StopTask", request, cancellationToken);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonECSConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonECSClient(awsCredentials, (AmazonECSConfig)clientConfig);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new AmazonECSEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new AmazonECSAuthSchemeHandler());
    }

    private System.Threading.Tasks.Task<TResponse> CallAsync<TResponse>(string operation, AmazonECSRequest request, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, new InvokeOptions { RequestMarshaller = new JsonRequestMarshaller(operation), ResponseUnmarshaller = JsonResponseReader<TResponse>.Instance }, cancellationToken);
}
