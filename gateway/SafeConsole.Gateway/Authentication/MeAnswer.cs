namespace SafeConsole.Gateway.Authentication;

/// <summary>Who the caller is. The permissions are for showing and hiding; the server decides again on every call.</summary>
public sealed record MeAnswer(string Name, string Subject, IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions, bool Demo);
