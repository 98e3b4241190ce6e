namespace SafeConsole.CloudEndpoint;

/// <summary>A request as it came: the operation, its headers as text, and its body.</summary>
public sealed record ReceivedRequest(string Operation, string Headers, string Body);
