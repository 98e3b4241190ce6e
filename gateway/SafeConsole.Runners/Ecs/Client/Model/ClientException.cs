using System.Net;
using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>The request cannot be carried out: a resource or a permission is missing.</summary>
internal sealed class ClientException(string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode);
