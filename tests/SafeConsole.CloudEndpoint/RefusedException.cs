namespace SafeConsole.CloudEndpoint;

/// <summary>A request is answered with an error of the service: its code and its message.</summary>
internal sealed class RefusedException(string code, string message) : Exception(message)
{
    public string Code => code;

    /// <summary>ECS's own failures are the server's, and everything else the caller's.</summary>
    public int Status => code == "ServerException" ? 500 : 400;
}
