using SafeConsole.Proxy.Postgres.Relaying;

namespace SafeConsole.Proxy.Tests.Relaying;

/// <summary>Since when a batch without a Sync keeps the server waiting.</summary>
public sealed class ReplyQueueTests
{
    private readonly ReplyQueue queue = new();

    [Fact]
    public void Batch_that_runs_nothing_waits_from_its_first_message()
    {
        Answer(ReplyKind.Parse, 100);
        Answer(ReplyKind.Bind, 200);

        Assert.Equal((100L, false), queue.Waiting());
    }

    [Fact]
    public void Batch_after_an_idle_hour_does_not_wait_since_what_was_done_before_it()
    {
        Answer(ReplyKind.Query, 100);
        Answer(ReplyKind.Parse, 5000);

        Assert.Equal((5000L, false), queue.Waiting());
    }

    [Fact]
    public void Batch_waits_anew_after_each_of_its_runs_and_no_more_after_its_end()
    {
        Answer(ReplyKind.Parse, 100);
        Answer(ReplyKind.Execute, 200);
        Assert.Equal((201L, false), queue.Waiting());

        Answer(ReplyKind.Sync, 300);
        Assert.Null(queue.Waiting());

        Answer(ReplyKind.Parse, 400);
        Assert.Equal((400L, false), queue.Waiting());
    }

    private void Answer(ReplyKind kind, long at)
    {
        queue.Stage(new PendingReply(kind));
        queue.Release(at);
        queue.Complete(at + 1);
    }
}
