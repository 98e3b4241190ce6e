using System.Net;
using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>ECS refused a request, or failed.</summary>
internal class AmazonECSException(string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
