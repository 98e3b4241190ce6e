using FsCheck.Xunit;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Postgres.Relaying;
using SafeConsole.Proxy.Tests.Support;

namespace SafeConsole.Proxy.Tests.Protocol;

/// <summary>The replies' side without a network: any cut of the server's stream gives the same result.</summary>
public sealed class ServerReplyTests
{
    [Fact]
    public void Stream_cut_at_every_byte_comes_out_the_same()
    {
        byte[] stream = Conversation();
        for (int cut = 0; cut <= stream.Length; cut++)
        {
            using var side = new Side(2);
            side.Feed(stream.AsSpan(0, cut));
            side.Feed(stream.AsSpan(cut));
            Assert.Equal(stream, side.Output.Written.ToArray());
            Assert.Equal([1, 1], side.Ended.Select(run => run.Rows));
        }
    }

    [Fact]
    public void Stream_of_single_bytes_comes_out_the_same()
    {
        byte[] stream = Conversation();
        using var side = new Side(2);
        foreach (byte value in stream)
        {
            side.Feed([value]);
        }

        Assert.Equal(stream, side.Output.Written.ToArray());
        Assert.Equal(0, side.Queue.Count);
    }

    [Fact]
    public void Row_passes_before_its_end_has_arrived()
    {
        using var side = new Side(1);
        byte[] start = [(byte)'D', 0x01, 0xff, 0xff, 0xff, 0, 1, .. new byte[1000]];
        side.Feed(start);
        Assert.Equal(start, side.Output.Written.ToArray());
        Assert.False(side.Replies.AtBoundary);
    }

    [Theory]
    [InlineData(0x7fffffff)]
    [InlineData(0x40000003)]
    [InlineData(0x40000002)]
    public void Row_that_says_it_is_longer_than_any_is_a_fault(int length)
    {
        using var side = new Side(1);
        byte[] start = [(byte)'D', (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, 0, 1];
        Exception? fault = Record.Exception(() => side.Feed(start));
        Assert.Equal(length > 0x40000002, fault is ProtocolFaultException);
    }

    [Property(MaxTest = 2000)]
    public void Garbage_is_passed_held_back_or_a_fault(byte[] garbage)
    {
        using var side = new Side(3);
        Exception? fault = Record.Exception(() => side.Feed(garbage));
        Assert.True(fault is null or ProtocolFaultException, fault?.ToString());
        Assert.True(side.Output.Length <= garbage.Length);
    }

    private static byte[] Conversation()
    {
        using var writer = new MessageWriter();
        for (int i = 0; i < 2; i++)
        {
            writer.Begin(BackendType.RowDescription).WriteInt16(0).End();
            FakeServer.Row(writer, "value", "");
            new ErrorMessage("NOTICE", "00000", "noticed").WriteNotice(writer);
            new ParameterStatusMessage("TimeZone", "UTC").Write(writer);
            FakeServer.Complete(writer, "SELECT 1");
        }

        return writer.Written.ToArray();
    }

    private sealed class Side : IReplyEvents, IDisposable
    {
        private byte[] kept = [];

        public Side(int queries)
        {
            Replies = new ServerReplies(Queue, Output, this, TimeProvider.System);
            var verdict = new Verdict(VerdictOutcome.Approved, "read", "", null, "00000", null);
            var database = new DatabasePolicy("postgres", "", 0, "", "", null, TlsMode.Disable, null, new ProofPolicy(true, true, TimeSpan.Zero));
            for (int i = 1; i <= queries; i++)
            {
                var statement = new GatedStatement(new StatementOrigin(i, "simple", "", null, null), "r", Policy.For(database), verdict, null, Task.CompletedTask);
                Queue.Stage(new PendingReply(ReplyKind.Query) { Run = new StatementRun(statement, 0) });
            }

            Queue.Release(0);
        }

        public ReplyQueue Queue { get; } = new();

        public MessageWriter Output { get; } = new();

        public ServerReplies Replies { get; }

        public List<StatementRun> Ended { get; } = [];

        public void Feed(ReadOnlySpan<byte> bytes)
        {
            byte[] all = [.. kept, .. bytes];
            kept = all[Replies.Take(all)..];
        }

        public void SettingChanged(ParameterStatusMessage status)
        {
        }

        public void ServerReady()
        {
        }

        public void LimitReached()
        {
        }

        public void RunEnded(StatementRun run, long elapsed, ErrorMessage? error) => Ended.Add(run);

        public void Dispose() => Output.Dispose();
    }
}
