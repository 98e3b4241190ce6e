using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.ECS.Internal;

/// <summary>Writes a request in the JSON protocol, version 1.1: the operation in a header, the parameters in the body.</summary>
internal sealed class JsonRequestMarshaller(string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.ECS")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = JsonSerializer.SerializeToUtf8Bytes(input, input.GetType(), ModelJson.Options),
        };
        request.Headers["X-Amz-Target"] = "AmazonEC2ContainerServiceV20141113." + operation;
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers[Amazon.Util.HeaderKeys.XAmzApiVersion] = "2014-11-13";
        return request;
    }
}
