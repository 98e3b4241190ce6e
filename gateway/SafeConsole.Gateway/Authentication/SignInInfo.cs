namespace SafeConsole.Gateway.Authentication;

/// <summary>What the sign-in page says. Accounts are listed in demo mode alone, without passwords.</summary>
public sealed record SignInInfo(bool Demo, string Title, IReadOnlyList<SignInAccount> Accounts);
