using System.IO.Pipelines;
using System.Net.WebSockets;
using SafeConsole.Gateway.Console;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class LinkStreamTests
{
    [Fact]
    public async Task A_long_write_goes_in_messages_of_64_KiB()
    {
        var (gateway, agent) = Pair();
        await using var stream = new LinkStream(gateway);
        var writing = stream.WriteAsync(new byte[150_000]).AsTask();
        var lengths = new List<int>();
        var buffer = new byte[200_000];
        while (lengths.Sum() < 150_000)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await agent.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            lengths.Add(length);
        }

        await writing;
        Assert.Equal([65_536, 65_536, 18_928], lengths);
    }

    [Fact]
    public async Task A_closed_socket_is_the_end_and_a_broken_one_an_IOException()
    {
        var (gateway, agent) = Pair();
        await using var stream = new LinkStream(gateway);
        await agent.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.Equal(0, await stream.ReadAsync(new byte[10]));

        var (broken, other) = Pair();
        await using var second = new LinkStream(broken);
        other.Abort();
        await Assert.ThrowsAsync<IOException>(() => second.ReadAsync(new byte[10]).AsTask());
    }

    [Fact]
    public async Task Text_from_the_agent_breaks_the_link()
    {
        var (gateway, agent) = Pair();
        await using var stream = new LinkStream(gateway);
        await agent.SendAsync("x"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await Assert.ThrowsAsync<IOException>(() => stream.ReadAsync(new byte[10]).AsTask());
    }

    private static (WebSocket Gateway, WebSocket Agent) Pair()
    {
        Pipe there = new(), back = new();
        var options = new WebSocketCreationOptions { IsServer = true };
        return (WebSocket.CreateFromStream(new Duplex(there.Reader.AsStream(), back.Writer.AsStream()), options),
            WebSocket.CreateFromStream(new Duplex(back.Reader.AsStream(), there.Writer.AsStream()), new WebSocketCreationOptions()));
    }

    private sealed class Duplex(Stream reading, Stream writing) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reading.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => writing.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => writing.FlushAsync(cancellationToken);

        public override void Flush() => writing.Flush();

        public override int Read(byte[] buffer, int offset, int count) => reading.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => writing.Write(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            reading.Dispose();
            writing.Dispose();
            base.Dispose(disposing);
        }
    }
}
