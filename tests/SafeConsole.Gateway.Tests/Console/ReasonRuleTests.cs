using SafeConsole.Gateway.Console;
using SafeConsole.Policies;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class ReasonRuleTests
{
    private static readonly AccessPolicy Required = new([], [], true, "^REC-[0-9]+", "REC-1 looking");

    [Theory]
    [InlineData("REC-1 looking", true)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData("because", false)]
    [InlineData("REC-1 two\nlines", false)]
    public void A_reason_is_checked_against_the_policy(string reason, bool good) => Assert.Equal(good, ReasonRule.Problem(Required, reason) is null);

    [Fact]
    public void A_reason_is_of_bounded_length() => Assert.NotNull(ReasonRule.Problem(Required, "REC-1 " + new string('x', ReasonRule.Longest)));

    [Fact]
    public void No_reason_will_do_where_none_is_required() => Assert.Null(ReasonRule.Problem(Required with { ReasonRequired = false }, null));
}
