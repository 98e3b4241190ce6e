using Microsoft.Playwright;
using SafeConsole.Scripting;
using static Microsoft.Playwright.Assertions;

namespace SafeConsole.EndToEnd;

/// <summary>What a reviewer finds afterwards.</summary>
[Collection(SiteTests.Name)]
public sealed class ReviewerTests(Site site)
{
    [Fact]
    public async Task Reviewer_finds_the_session_replays_it_and_jumps_to_the_refused_statement()
    {
        var reason = $"REC-202 look at deletion {Guid.NewGuid():N}";
        await SessionWithRefusalAsync(reason);
        await using var rosa = await site.VisitAsync();
        await rosa.SignInAsync("rosa", "/review");

        await rosa.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = reason }).GetByRole(AriaRole.Link).ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await rosa.ShowsAsync("recipes=>");

        await rosa.Statements.Filter(new() { HasText = "DELETE FROM reviews" }).GetByRole(AriaRole.Button).First.ClickAsync();
        await rosa.ShowsAsync("DELETE FROM reviews");
        await Expect(rosa.Page.GetByText("denied").First).ToBeVisibleAsync();
    }

    private async Task SessionWithRefusalAsync(string reason)
    {
        await using var script = await ConsoleClient.DeveloperAsync(site.Gateway.Address);
        await using var session = await script.OpenAsync("recipes", "psql", reason);
        await session.ShowsAsync("recipes=>");
        await session.AskAsync("SELECT 1 AS first;", "(1 row)");
        await session.AskAsync("DELETE FROM reviews;", "ERROR:");
        await session.AskAsync(@"\q", "");
        await session.RecordsAsync("session.ended");
    }
}
