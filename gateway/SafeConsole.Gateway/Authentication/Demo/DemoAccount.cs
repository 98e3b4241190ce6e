namespace SafeConsole.Gateway.Authentication.Demo;

/// <summary>A published account of demo mode.</summary>
public sealed record DemoAccount(string Name, string Password, string Title, Role Role, string Group)
{
    /// <summary>The three accounts that the log-in page lists.</summary>
    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        new("dana", "demo-dana", "Dana (developer)", Role.Developer, "safeconsole-developers"),
        new("rosa", "demo-rosa", "Rosa (reviewer)", Role.Reviewer, "safeconsole-reviewers"),
        new("sam", "demo-sam", "Sam (SRE)", Role.Sre, "safeconsole-sres"),
    ];
}
