using SafeConsole.Gateway.Console;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class SessionClockTests
{
    [Theory]
    [InlineData(900, "15 minutes")]
    [InlineData(60, "1 minute")]
    [InlineData(5400, "1 hour 30 minutes")]
    [InlineData(86400, "24 hours")]
    [InlineData(61, "1 minute 1 second")]
    [InlineData(0, "0 seconds")]
    public void Durations_are_said_in_words(int seconds, string words) => Assert.Equal(words, SessionClock.Words(TimeSpan.FromSeconds(seconds)));
}
