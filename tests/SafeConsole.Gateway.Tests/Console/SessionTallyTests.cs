using SafeConsole.Gateway.Console;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class SessionTallyTests
{
    [Fact]
    public void A_denied_statement_is_not_a_failed_one()
    {
        var tally = new SessionTally();
        tally.Add(new StatementSubmitted(1, 1, "simple", "DELETE"));
        tally.Add(new StatementJudged(1, "denied", "rule", "why", "r", null, null, null));
        tally.Add(new StatementCompleted(1, 0, 0, 0, 0, "42501", "denied"));
        tally.Add(new StatementSubmitted(2, 1, "simple", "SELECT 1/0"));
        tally.Add(new StatementJudged(2, "flagged", "rule", "why", "r", null, null, null));
        tally.Add(new StatementCompleted(2, 0, 0, 0, 1, "22012", "division by zero"));
        tally.Add(new StatementSubmitted(3, 1, "simple", "SELECT"));
        tally.Add(new StatementCompleted(3, 0, 5, 50, 1, null, null));
        Assert.Equal(new SessionCounts(3, 1, 1, 1, 5), tally.Counts);
    }
}
