using Microsoft.Playwright;

namespace SafeConsole.EndToEnd;

/// <summary>A person at a browser: signs in, opens consoles, types.</summary>
public sealed class Visitor(IBrowserContext context, IPage page) : IAsyncDisposable
{
    /// <summary>The page in front of the person.</summary>
    public IPage Page => page;

    /// <summary>The rows of the terminal as text.</summary>
    public ILocator Screen => page.Locator(".xterm-rows");

    /// <summary>Signs in through the embedded server's page and lands where the link pointed to.</summary>
    public async Task SignInAsync(string name, string path = "/")
    {
        await page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(path)}");
        await page.GetByLabel("Account").FillAsync(name);
        await page.GetByLabel("Password").FillAsync($"demo-{name}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Signed in as")).ToBeVisibleAsync();
    }

    /// <summary>Opens the first option of a target and waits for its prompt; returns the session's id.</summary>
    public async Task<string> OpenConsoleAsync(string title, string reason, string prompt)
    {
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Open {title}", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        await ShowsAsync(prompt, 30_000);
        return new Uri(page.Url).Segments[^1].TrimEnd('/');
    }

    /// <summary>The statements beside the terminal or the player; one row each.</summary>
    public ILocator Statements => page.GetByLabel("Statements", new() { Exact = true }).GetByRole(AriaRole.Listitem);

    /// <summary>Types a line into the terminal and presses Enter.</summary>
    public async Task TypeLineAsync(string line)
    {
        await page.Locator(".xterm-helper-textarea").FocusAsync();
        await page.Keyboard.TypeAsync(line);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits until the terminal shows a text.</summary>
    public Task ShowsAsync(string text, float milliseconds = 15_000) =>
        Assertions.Expect(Screen).ToContainTextAsync(text, new() { Timeout = milliseconds });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
