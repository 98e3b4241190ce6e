using System.Net;
using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>A parameter is not valid, or names what is not there.</summary>
internal sealed class InvalidParameterException(string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode);
