using System.Text.Json;
using Microsoft.Playwright;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd;

/// <summary>Looks at a page as axe-core does, in both themes and on a phone too. Leaves an image of each look in .artifacts/test-logs/pages/.</summary>
internal static class Accessibility
{
    private static readonly string Axe = File.ReadAllText(RepositoryRoot.At("web", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>Fails for everything that axe-core finds, contrast included, and for a page that is wider than its window.</summary>
    public static async Task HoldsAsync(IPage page, string name)
    {
        var before = page.ViewportSize!;
        foreach (var width in new[] { before.Width, 390 })
        {
            await page.SetViewportSizeAsync(width, before.Height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await page.WaitForFunctionAsync("scheme => document.documentElement.dataset.mantineColorScheme === scheme", scheme == ColorScheme.Dark ? "dark" : "light");
                // A colour on its way from one theme to the other is none of either.
                await page.WaitForFunctionAsync("() => document.getAnimations().every(animation => !(animation instanceof CSSTransition))");
                await page.ScreenshotAsync(new() { Path = RepositoryRoot.At(".artifacts", "test-logs", "pages", $"{name}-{width}-{scheme}.png") });
                Assert.Empty(await ViolationsAsync(page));
                Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{name} is wider than {width} pixels.");
            }
        }
        await page.SetViewportSizeAsync(before.Width, before.Height);
    }

    private static async Task<string[]> ViolationsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            // Evaluated, not added as a script: the page's content security policy admits none.
            await page.EvaluateAsync($"() => {{ {Axe} }}");
        }
        var found = await page.EvaluateAsync<JsonElement>("axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`))");
        return [.. found.EnumerateArray().Select(violation => violation.GetString()!)];
    }
}
