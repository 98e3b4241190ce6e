using Microsoft.Extensions.Time.Testing;
using SafeConsole.Proxy.Postgres.Control;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>When a connection's server is asked whether it still is what it was proven to be.</summary>
[Collection(RealReplica.Collection)]
public sealed class ReplicaConfirmationTests(RealReplica replica)
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task What_the_server_answered_before_a_pause_of_this_connection_does_not_count()
    {
        await using var control = new ReplicaControl(replica.Database, replica.Credentials, time);
        var confirmation = new ReplicaConfirmation(control, reportsRecovery: true, time);
        await control.CheckAsync(CancellationToken.None);
        confirmation.Asked();
        Assert.False(confirmation.IsDue());

        time.Advance(TimeSpan.FromMilliseconds(100));
        // The watch's look, twice a second: a promotion can come right after it.
        await control.CheckAsync(CancellationToken.None);

        Assert.True(confirmation.IsDue());
    }

    [Fact]
    public async Task Statements_that_follow_closely_need_no_question_but_for_the_catalog()
    {
        await using var control = new ReplicaControl(replica.Database, replica.Credentials, time);
        var confirmation = new ReplicaConfirmation(control, reportsRecovery: true, time);
        await control.CheckAsync(CancellationToken.None);
        confirmation.Asked();

        for (int passed = 0; passed < 1000; passed += 10)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            confirmation.Ready();
            Assert.False(confirmation.IsDue());
        }

        time.Advance(TimeSpan.FromMilliseconds(10));
        confirmation.Ready();
        Assert.True(confirmation.IsDue());
    }
}
