using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenIddict.Abstractions;
using SafeConsole.Gateway.Authentication;
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

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/callback")]
    public async Task Beginning_sign_ins_without_end_is_stopped(string path)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var browser = new Browser(gateway);
        for (var attempt = 0; attempt < SignInLimit.PerMinute; attempt++)
            (await browser.Http.GetAsync(path)).Dispose();
        // A new minute may have begun in between: then as many again do it.
        var last = HttpStatusCode.OK;
        for (var attempt = 0; attempt <= SignInLimit.PerMinute && last != HttpStatusCode.TooManyRequests; attempt++)
        {
            using var answer = await browser.Http.GetAsync(path);
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task What_old_sign_ins_left_is_removed_and_what_is_valid_stays()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var scope = gateway.Services.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
        var now = DateTimeOffset.UtcNow;
        await tokens.CreateAsync(Token(now.AddDays(-2), now.AddDays(-1)));
        await tokens.CreateAsync(Token(now.AddDays(-2), now.AddDays(1)));
        await tokens.CreateAsync(Token(now, now.AddMinutes(15)));
        await gateway.Services.GetServices<IHostedService>().OfType<SignInPruning>().Single().PruneAsync(CancellationToken.None);
        Assert.Equal(2, await tokens.CountAsync());
    }

    private static OpenIddictTokenDescriptor Token(DateTimeOffset made, DateTimeOffset expires) => new()
    {
        CreationDate = made,
        ExpirationDate = expires,
        Status = OpenIddictConstants.Statuses.Valid,
        Type = "state_token",
    };
}
