using Microsoft.Extensions.Time.Testing;
using SafeConsole.Testing;

namespace SafeConsole.Runners.Tests;

public sealed class RunnerTicketTests
{
    private readonly FakeTimeProvider time = new();
    private readonly RunnerTickets tickets;

    public RunnerTicketTests() => tickets = new RunnerTickets(time);

    [Fact]
    public void Ticket_names_its_session_once()
    {
        var ticket = tickets.Issue("one");
        tickets.Issue("two");

        Assert.True(tickets.TryRedeem(ticket.Secret, out var session));
        Assert.Equal("one", session);
        Assert.False(tickets.TryRedeem(ticket.Secret, out session));
        Assert.Null(session);
    }

    [Fact]
    public void Ticket_expires_after_two_minutes()
    {
        var early = tickets.Issue("one");
        var late = tickets.Issue("one");

        time.Advance(TimeSpan.FromSeconds(119));
        Assert.True(tickets.TryRedeem(early.Secret, out _));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(tickets.TryRedeem(late.Secret, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Clock_that_is_set_meanwhile_changes_nothing(int days)
    {
        var clock = new JumpingClock();
        var issuer = new RunnerTickets(clock);
        var ticket = issuer.Issue("one");

        clock.Off = TimeSpan.FromDays(days);
        issuer.Issue("two");

        Assert.True(issuer.TryRedeem(ticket.Secret, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("guess")]
    public void Secret_that_was_never_issued_is_worth_nothing(string? secret)
    {
        tickets.Issue("one");

        Assert.False(tickets.TryRedeem(secret, out _));
    }

    [Fact]
    public void Revoked_session_has_no_ticket()
    {
        var revoked = tickets.Issue("one");
        var other = tickets.Issue("two");

        tickets.Revoke("one");

        Assert.False(tickets.TryRedeem(revoked.Secret, out _));
        Assert.True(tickets.TryRedeem(other.Secret, out _));
    }

    [Fact]
    public async Task Of_many_who_redeem_at_once_one_succeeds()
    {
        var ticket = tickets.Issue("one");
        using var start = new Barrier(8);

        var successes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return tickets.TryRedeem(ticket.Secret, out var _);
            },
            TaskCreationOptions.LongRunning)));

        Assert.Single(successes, success => success);
    }

    [Fact]
    public void Ticket_does_not_print_its_secret()
    {
        var ticket = tickets.Issue("one");

        Assert.Equal("***", $"{ticket}");
        Assert.DoesNotContain(ticket.Secret, new RunnerSpec("one", ticket, new RunnerShape("tests", new RunnerLimits(1, 1, 1, 1)), new RunnerLog(TimeProvider.System)).ToString(), StringComparison.Ordinal);
        Assert.True(ticket.Secret.Length >= 43, "256 bits in base64url");
    }
}
