namespace SafeConsole.Gateway.Authentication;

/// <summary>The token for the `X-CSRF-TOKEN` header; it fits the caller's session cookie alone.</summary>
public sealed record AntiforgeryAnswer(string Token);
