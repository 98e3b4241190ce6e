using SafeConsole.Scripting;

namespace SafeConsole.Bench;

/// <summary>A target, one of its options, and the prompt by which one sees that it is ready.</summary>
public sealed record Choice(string Target, string Option, string Prompt)
{
    /// <summary>Opens a session and returns when the prompt is on the screen.</summary>
    public async Task<OpenedSession> OpenAsync(ConsoleClient client)
    {
        var session = await client.OpenAsync(Target, Option, "REC-1 benchmark");
        await session.ShowsAsync(Prompt, within: TimeSpan.FromSeconds(30));
        return session;
    }
}
