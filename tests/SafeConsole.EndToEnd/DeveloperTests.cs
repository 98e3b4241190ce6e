using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafeConsole.EndToEnd;

/// <summary>What a developer sees and is refused, in the browser, on the real standby.</summary>
[Collection(SiteTests.Name)]
public sealed class DeveloperTests(Site site)
{
    private const string Target = "Recipes (production)";
    private const string Reason = "REC-101 why are orders stuck";
    private const string Prompt = "recipes=>";

    [Fact]
    public async Task Developer_reads_rows_and_is_refused_what_is_no_read()
    {
        await using var dana = await site.VisitAsync();
        await dana.SignInAsync("dana");
        await dana.OpenConsoleAsync(Target, Reason, Prompt);

        await dana.TypeLineAsync("SELECT count(*) AS stuck FROM stuck_orders;");
        await dana.ShowsAsync("215");
        await dana.TypeLineAsync("INSERT INTO tags VALUES (99, 'x');");
        await dana.ShowsAsync("ERROR:");
        await dana.ShowsAsync("statement.kind");
        await dana.TypeLineAsync("SELECT pg_terminate_backend(1);");
        await dana.ShowsAsync("(rule function.");
        await dana.TypeLineAsync("SELECT 40 + 2 AS still_usable;");
        await dana.ShowsAsync("42");

        await Expect(dana.Statements.Filter(new() { HasText = "INSERT INTO tags" })).ToContainTextAsync("denied");
        await Expect(dana.Statements.Filter(new() { HasText = "pg_terminate_backend" })).ToContainTextAsync("denied");
        await Expect(dana.Statements.Filter(new() { HasText = "still_usable" })).ToContainTextAsync("1 row");
    }

    [Fact]
    public async Task Sleeping_statement_is_cut_by_the_timeout()
    {
        await using var dana = await site.VisitAsync();
        await dana.SignInAsync("dana");
        await dana.OpenConsoleAsync(Target, Reason, Prompt);

        await dana.TypeLineAsync("SELECT pg_sleep(4), pg_sleep(4);");

        await dana.ShowsAsync("statement timeout");
    }

    [Fact]
    public async Task Reloaded_page_is_where_the_session_was_and_goes_on()
    {
        await using var dana = await site.VisitAsync();
        await dana.SignInAsync("dana");
        await dana.OpenConsoleAsync(Target, Reason, Prompt);
        await dana.TypeLineAsync("SELECT 'before' || '-the-reload';");
        await dana.ShowsAsync("before-the-reload");

        await dana.Page.ReloadAsync();
        await dana.ShowsAsync("before-the-reload");

        await dana.TypeLineAsync("SELECT 'after' || '-the-reload';");
        await dana.ShowsAsync("after-the-reload");
    }

    [Fact]
    public async Task Developer_cannot_reach_the_review_pages()
    {
        await using var dana = await site.VisitAsync();
        await dana.SignInAsync("dana");

        await dana.Page.GotoAsync("/review");

        await Expect(dana.Page.GetByText("This page is not for your role")).ToBeVisibleAsync();
        await Expect(dana.Page.GetByRole(AriaRole.Link, new() { Name = "Review" })).ToHaveCountAsync(0);
        var answer = await dana.Page.APIRequest.GetAsync("/api/review/sessions");
        Assert.Equal(403, answer.Status);
    }
}
