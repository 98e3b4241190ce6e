using System.Net;
using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>The region lacks this.</summary>
internal sealed class UnsupportedFeatureException(string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode);
