using System.Net;
using SafeConsole.Gateway.Tests.Hosting;

namespace SafeConsole.Gateway.Tests.Authentication;

public sealed class SignInLimitTests
{
    [Fact]
    public async Task Guessing_is_stopped_after_five_failures_even_for_the_right_password()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var browser = new Browser(gateway);
        var page = await browser.LogInPageAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await browser.SubmitAsync(page, "dana", $"guess-{attempt}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var stopped = await browser.SubmitAsync(page, "dana", "demo-dana");
        Assert.Equal(HttpStatusCode.TooManyRequests, stopped.StatusCode);
        using var other = await browser.SubmitAsync(page, "rosa", "demo-rosa");
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
    }
}
