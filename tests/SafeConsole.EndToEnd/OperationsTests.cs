using Microsoft.Playwright;
using SafeConsole.Scripting;
using static Microsoft.Playwright.Assertions;

namespace SafeConsole.EndToEnd;

/// <summary>What runs, as SREs, the owner and a reviewer see it.</summary>
[Collection(SiteTests.Name)]
public sealed class OperationsTests(Site site)
{
    private const string Target = "Recipes in a shell (production)";
    private static readonly System.Text.RegularExpressions.Regex Measured = new(@"^\d+(\.\d+)? (kB|MB)$");

    [Fact]
    public async Task Operator_sees_what_a_session_uses_reads_its_runners_log_and_ends_it()
    {
        await using var script = await ConsoleClient.DeveloperAsync(site.Gateway.Address);
        await using var session = await script.OpenAsync("recipes-shell", "bash", "REC-301 busy");
        await session.ShowsAsync("$");
        await session.TypeAsync("while :; do :; done\r");
        await using var sam = await site.VisitAsync();
        await sam.SignInAsync("sam", "/operations");

        var row = sam.Page.GetByRole(AriaRole.Row).Filter(new() { Has = sam.Page.Locator($"a[href$='{session.Id}']") });
        await Expect(row).ToContainTextAsync("attached");
        await Expect(row).ToContainTextAsync("sandbox");
        await Expect(row).ToContainTextAsync("MB");
        await Accessibility.HoldsAsync(sam.Page, "operations");

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(sam.Page.GetByTestId("memory-value")).ToHaveTextAsync(Measured);
        await Expect(sam.Page.GetByTestId("processors-value")).ToContainTextAsync("busy");
        await Expect(sam.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("agent");
        await Accessibility.HoldsAsync(sam.Page, "operations-session");
        await Expect(sam.Screen).ToHaveCountAsync(0);

        await sam.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^End .*’s session on") }).ClickAsync();
        await sam.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(sam.Page.GetByText("This session has ended")).ToBeVisibleAsync();
        await Expect(sam.Page.GetByText("The runner is gone.")).ToBeVisibleAsync();
        Assert.Equal("EndedByOperator", (await session.RecordsAsync("session.ended")).Text("reason"));
    }

    [Fact]
    public async Task Owner_and_reviewer_see_what_the_runner_used()
    {
        await using var dana = await site.VisitAsync();
        await dana.SignInAsync("dana");
        var id = await dana.OpenConsoleAsync(Target, "REC-302 how much", "$");
        await dana.Page.GetByRole(AriaRole.Tab, new() { Name = "Metrics" }).ClickAsync();
        await dana.TypeLineAsync("for i in $(seq 200000); do :; done; echo over-$((40 + 2))");
        await dana.ShowsAsync("over-42");

        await Expect(dana.Page.GetByTestId("memory-value")).ToHaveTextAsync(Measured);
        await Expect(dana.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^CPU from .* busy processors at most.*The policy allows") })).ToBeVisibleAsync();
        await Expect(dana.Page.GetByRole(AriaRole.Tab, new() { Name = "Log" })).ToHaveCountAsync(0);
        await dana.Page.GetByRole(AriaRole.Slider, new() { Name = "Memory at" }).PressAsync("Home");
        await Accessibility.HoldsAsync(dana.Page, "session-metrics");

        await using var rosa = await site.VisitAsync();
        await rosa.SignInAsync("rosa", $"/review/{id}");
        await rosa.Page.GetByRole(AriaRole.Tab, new() { Name = "Metrics" }).ClickAsync();
        await Expect(rosa.Page.GetByTestId("memory-value")).ToHaveTextAsync(Measured);
        await Accessibility.HoldsAsync(rosa.Page, "review-metrics");
        await rosa.Page.GetByRole(AriaRole.Slider, new() { Name = "CPU at" }).PressAsync("Home");
        await rosa.Page.Keyboard.PressAsync("Enter");
        await Expect(rosa.Page.GetByTestId("position")).ToContainTextAsync("00:00:00");
    }
}
