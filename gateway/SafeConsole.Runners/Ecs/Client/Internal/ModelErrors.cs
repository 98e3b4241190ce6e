using Amazon.ECS.Model;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Internal;

/// <summary>The exception for each error of the service model; what is not in it, such as throttling, is told by its code.</summary>
internal static class ModelErrors
{
    public static AmazonECSException Of(ErrorResponse e) => e.Code switch
    {
        "AccessDeniedException" => new AccessDeniedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "BlockedException" => new BlockedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ClientException" => new ClientException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ClusterNotFoundException" => new ClusterNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ConflictException" => new ConflictException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidParameterException" => new InvalidParameterException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "PlatformTaskDefinitionIncompatibilityException" => new PlatformTaskDefinitionIncompatibilityException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "PlatformUnknownException" => new PlatformUnknownException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ServerException" => new ServerException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ServiceNotFoundException" => new ServiceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "UnsupportedFeatureException" => new UnsupportedFeatureException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonECSException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
