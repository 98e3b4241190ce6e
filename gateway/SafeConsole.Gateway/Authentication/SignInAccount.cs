namespace SafeConsole.Gateway.Authentication;

/// <summary>A demo account as the sign-in page lists it.</summary>
public sealed record SignInAccount(string Name, string Role);
