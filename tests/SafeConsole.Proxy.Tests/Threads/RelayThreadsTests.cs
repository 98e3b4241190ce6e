using SafeConsole.Proxy.Threads;
using SafeConsole.Testing;

namespace SafeConsole.Proxy.Tests.Threads;

/// <summary>How many threads there are, and where code goes on that waits.</summary>
public sealed class RelayThreadsTests
{
    [Fact]
    public async Task No_more_connections_than_were_planned_get_threads_and_those_of_an_ended_one_are_free_again()
    {
        var threads = new RelayThreads(2);
        using RelayThreadPair kept = threads.TryTake()!;
        RelayThreadPair ended = threads.TryTake()!;
        Assert.Null(threads.TryTake());
        Assert.Null(threads.TryTake());

        ended.Dispose();
        RelayThreadPair? next = null;
        await Eventually.HoldsAsync(() => (next = threads.TryTake()) is not null, "the threads of the ended connection are free");
        Assert.Null(threads.TryTake());
        next!.Dispose();
    }

    [Fact]
    public async Task A_thread_counts_as_taken_for_as_long_as_something_keeps_it()
    {
        var threads = new RelayThreads(1);
        using var let = new ManualResetEventSlim();
        RelayThreadPair pair = threads.TryTake()!;
        Task<bool> kept = pair.Back.RunAsync(() => let.Wait(TimeSpan.FromMinutes(1)));
        await pair.Forth.RunAsync(() => true);
        pair.Dispose();
        Assert.Null(threads.TryTake());

        let.Set();
        Assert.True(await kept);
        await Eventually.HoldsAsync(() => threads.TryTake() is { } next && Ended(next), "the thread is free");
    }

    [Fact]
    public async Task Pieces_run_one_after_the_other_on_their_thread_and_failures_reach_who_asked()
    {
        using RelayThreadPair pair = new RelayThreads(1).TryTake()!;
        Assert.False(pair.Forth.IsCurrent);
        Assert.True(await pair.Forth.RunAsync(() => pair.Forth.IsCurrent && !pair.Back.IsCurrent));
        await Assert.ThrowsAsync<IOException>(() => pair.Forth.RunAsync<int>(() => throw new IOException()));
        await Assert.ThrowsAsync<IOException>(() => pair.Forth.BeginAsync<int>(async () =>
        {
            await Task.Yield();
            throw new IOException();
        }));
        int[] numbers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => pair.Forth.RunAsync(() => number)));
        Assert.Equal(Enumerable.Range(0, 100), numbers);
    }

    [Fact]
    public async Task What_awaits_a_piece_goes_on_on_its_thread()
    {
        using RelayThreadPair pair = new RelayThreads(1).TryTake()!;
        bool there = await pair.Forth.BeginAsync(async () =>
        {
            // A piece that is over before it is awaited goes on where it was asked for; of a hundred not all are.
            for (int attempt = 0; attempt < 100; attempt++)
            {
                await Task.Delay(1).ConfigureAwait(false);
                bool elsewhere = !pair.Forth.IsCurrent;
                await pair.Forth.RunAsync(() => 0).ConfigureAwait(false);
                if (elsewhere && pair.Forth.IsCurrent)
                    return true;
            }

            return false;
        });
        Assert.True(there);
    }

    [Fact]
    public async Task A_stopped_thread_takes_nothing_more()
    {
        RelayThreadPair pair = new RelayThreads(1).TryTake()!;
        pair.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pair.Forth.RunAsync(() => 0));
    }

    private static bool Ended(RelayThreadPair pair)
    {
        pair.Dispose();
        return true;
    }
}
