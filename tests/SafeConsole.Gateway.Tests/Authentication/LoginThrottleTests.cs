using Microsoft.Extensions.Time.Testing;
using SafeConsole.Gateway.Authentication.Demo;

namespace SafeConsole.Gateway.Tests.Authentication;

public sealed class LoginThrottleTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void A_success_clears_the_account()
    {
        var throttle = new LoginThrottle(time);
        for (var round = 0; round < 20; round++)
        {
            Assert.True(throttle.TryBegin("dana", "address"));
            throttle.Succeeded("dana", "address");
        }
    }

    [Fact]
    public void The_window_passes()
    {
        var throttle = new LoginThrottle(time);
        for (var attempt = 0; attempt < LoginThrottle.PerAccount; attempt++)
            Assert.True(throttle.TryBegin("dana", "address"));
        Assert.False(throttle.TryBegin("dana", "address"));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(throttle.TryBegin("dana", "address"));
    }

    [Fact]
    public void Trying_many_accounts_from_one_address_is_stopped_too()
    {
        var throttle = new LoginThrottle(time);
        for (var attempt = 0; attempt < LoginThrottle.PerAddress; attempt++)
            Assert.True(throttle.TryBegin($"account-{attempt}", "address"));
        Assert.False(throttle.TryBegin("dana", "address"));
        Assert.True(throttle.TryBegin("dana", "another address"));
    }
}
