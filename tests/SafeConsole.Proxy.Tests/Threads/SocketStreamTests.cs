using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SafeConsole.Proxy.Threads;
using SafeConsole.Testing;

namespace SafeConsole.Proxy.Tests.Threads;

/// <summary>Streams that wait in the kernel: what wakes them, and what a client may do to the socket that it passed on and kept.</summary>
public sealed class SocketStreamTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(1);

    private readonly RelayThreads threads = new(1);
    private readonly RelayThreadPair pair;
    private readonly Socket client;
    private readonly Socket served;
    private readonly SocketStream stream;

    public SocketStreamTests()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        served = listener.Accept();
        pair = threads.TryTake()!;
        stream = new SocketStream(served, reads: pair.Forth, writes: pair.Back);
    }

    public void Dispose()
    {
        pair.Dispose();
        client.Dispose();
        served.Dispose();
    }

    [Fact]
    public async Task Bytes_arrive_in_order_both_ways_and_the_end_is_zero_bytes()
    {
        byte[] large = [.. Enumerable.Range(0, 4_000_000).Select(number => (byte)(number * 31))];
        Task sending = stream.WriteAsync(large).AsTask();
        var received = new byte[large.Length];
        await new NetworkStream(client).ReadExactlyAsync(received).AsTask().WaitAsync(Patience);
        await sending.WaitAsync(Patience);
        Assert.Equal(large, received);

        client.Send("abc"u8);
        client.Shutdown(SocketShutdown.Send);
        var read = new byte[10];
        await stream.ReadExactlyAsync(read, 0, 3).AsTask().WaitAsync(Patience);
        Assert.Equal(0, await stream.ReadAsync(read).AsTask().WaitAsync(Patience));
        Assert.Equal("abc"u8, read.AsSpan(0, 3));
    }

    [Fact]
    public async Task A_cancelled_read_ends_though_no_byte_comes_and_its_thread_is_free()
    {
        using var cancel = new CancellationTokenSource();
        Task<int> reading = stream.ReadAsync(new byte[10], cancel.Token).AsTask();
        await Task.WhenAny(reading, Task.Delay(50));
        Assert.False(reading.IsCompleted);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));
        await stream.WriteAsync("farewell"u8.ToArray()).AsTask().WaitAsync(Patience);
        var last = new byte[8];
        client.Receive(last);
        Assert.Equal("farewell"u8, last);
        Assert.Equal(1, await pair.Forth.RunAsync(() => 1).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_cancelled_write_ends_though_the_peer_does_not_read()
    {
        using var cancel = new CancellationTokenSource();
        Task writing = stream.WriteAsync(new byte[64 * 1024 * 1024], cancel.Token).AsTask();
        await Task.WhenAny(writing, Task.Delay(100));
        Assert.False(writing.IsCompleted);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(Patience));
        pair.Dispose();
        await Eventually.HoldsAsync(() => threads.TryTake() is not null, "the blocked threads ended");
    }

    /// <summary>As when a client answers a reply with something that ends the connection: it is told why, though the reply's write may not have returned yet.</summary>
    [Fact]
    public async Task What_is_said_last_arrives_though_the_end_came_while_a_write_was_returning()
    {
        var received = new byte[8];
        for (int round = 0; round < 2_000; round++)
        {
            using var cancel = new CancellationTokenSource();
            Task writing = stream.WriteAsync("aresult!"u8.ToArray(), cancel.Token).AsTask();
            while (client.Available < 8)
            {
            }

            cancel.Cancel();
            Assert.Equal(8, client.Receive(received));
            await writing.WaitAsync(Patience);
            await stream.WriteAsync("farewell"u8.ToArray()).AsTask().WaitAsync(Patience);
            Assert.Equal(8, client.Receive(received));
        }
    }

    [Fact]
    public async Task A_read_that_is_cancelled_before_it_begins_reads_nothing()
    {
        client.Send("abc"u8);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.ReadAsync(new byte[10], new CancellationToken(canceled: true)).AsTask());
    }

    /// <summary>SslStream reads nothing before each record. Asking the kernel for that would double the calls for each answer.</summary>
    [Fact]
    public async Task A_read_of_nothing_waits_for_nothing_and_takes_nothing()
    {
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty).AsTask().WaitAsync(Patience));

        client.Send("abc"u8);
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty).AsTask().WaitAsync(Patience));
        var read = new byte[10];
        Assert.Equal(3, await stream.ReadAsync(read).AsTask().WaitAsync(Patience));
        Assert.Equal("abc"u8, read.AsSpan(0, 3));
    }

    [Fact]
    public async Task A_broken_connection_is_an_input_output_error()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Dispose();
        await Assert.ThrowsAsync<IOException>(() => stream.ReadAsync(new byte[10]).AsTask().WaitAsync(Patience));
    }

    /// <summary>The descriptor's flags and timeouts belong to everybody who holds the socket.</summary>
    [Fact]
    public async Task A_socket_that_was_made_not_to_wait_is_still_waited_on()
    {
        using Socket other = await NotWaitingAsync();
        await ReadsWhatComesLateAsync();
        byte[] sent = [.. Enumerable.Range(0, 8 * 1024 * 1024).Select(number => (byte)(number * 31))];
        var received = new byte[sent.Length];
        Task writing = stream.WriteAsync(sent).AsTask();
        await new NetworkStream(client).ReadExactlyAsync(received).AsTask().WaitAsync(Patience);
        await writing.WaitAsync(Patience);
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task A_socket_that_was_given_a_timeout_is_still_waited_on()
    {
        served.ReceiveTimeout = 1;
        await ReadsWhatComesLateAsync();
    }

    /// <summary>What waits in a socket's error queue is taken by no read, so poll(2) answers at once for as long as it is there.</summary>
    [Fact]
    public async Task A_socket_whose_error_queue_is_filled_costs_its_reader_no_processor_time()
    {
        using Socket other = await WithFilledErrorQueueAsync();
        TimeSpan before = await ProcessorTimeOfAsync(pair.Forth);
        var read = new byte[3];
        Task<int> reading = stream.ReadAsync(read).AsTask();
        await Task.WhenAny(reading, Task.Delay(Watched));
        Assert.False(reading.IsCompleted);

        client.Send("abc"u8);
        Assert.Equal(3, await reading.WaitAsync(Patience));
        Assert.InRange(await ProcessorTimeOfAsync(pair.Forth) - before, TimeSpan.Zero, Watched / 5);
    }

    [Fact]
    public async Task A_socket_whose_error_queue_is_filled_costs_its_writer_no_processor_time()
    {
        using Socket other = await WithFilledErrorQueueAsync();
        client.Receive(new byte[1]);
        TimeSpan before = await ProcessorTimeOfAsync(pair.Back);
        byte[] sent = [.. Enumerable.Range(0, 16 * 1024 * 1024).Select(number => (byte)(number * 31))];
        Task writing = stream.WriteAsync(sent).AsTask();
        await Task.WhenAny(writing, Task.Delay(Watched));
        Assert.False(writing.IsCompleted);

        var received = new byte[sent.Length];
        await new NetworkStream(client).ReadExactlyAsync(received).AsTask().WaitAsync(Patience);
        await writing.WaitAsync(Patience);
        Assert.Equal(sent, received);
        Assert.InRange(await ProcessorTimeOfAsync(pair.Back) - before, TimeSpan.Zero, Watched / 4);
    }

    private async Task<Socket> NotWaitingAsync()
    {
        var other = new Socket(new SafeSocketHandle(served.Handle, ownsHandle: false));
        using var stop = new CancellationTokenSource();
        // Awaiting it once makes the socket one that does not wait.
        ValueTask<int> awaited = other.ReceiveAsync(new byte[1], SocketFlags.Peek, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => awaited.AsTask());
        return other;
    }

    private async Task<Socket> WithFilledErrorQueueAsync()
    {
        Socket other = await NotWaitingAsync();
        // SOL_SOCKET, SO_TIMESTAMPING: TX_SOFTWARE, SOFTWARE, OPT_ID, OPT_TSONLY of linux/net_tstamp.h. Each sending is reported to the error queue.
        other.SetRawSocketOption(1, 37, BitConverter.GetBytes((1 << 1) | (1 << 4) | (1 << 7) | (1 << 11)));
        other.Send("x"u8);
        await Eventually.HoldsAsync(() => other.Poll(0, SelectMode.SelectError), "something is in the error queue");
        return other;
    }

    private async Task ReadsWhatComesLateAsync()
    {
        var read = new byte[3];
        Task<int> reading = stream.ReadAsync(read).AsTask();
        await Task.WhenAny(reading, Task.Delay(50));
        Assert.False(reading.IsCompleted);
        client.Send("abc"u8);
        Assert.Equal(3, await reading.WaitAsync(Patience));
    }

    // The test must not go on on that thread, where its reads would be done before they return.
    private static Task<TimeSpan> ProcessorTimeOfAsync(RelayThread thread)
    {
        var told = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = thread.RunAsync(() => told.TrySetResult(ProcessorTime()));
        return told.Task;
    }

    // User and system time of the thread that asks, the 14th and 15th field of proc_pid_stat(5), in hundredths of a second.
    private static TimeSpan ProcessorTime()
    {
        string stat = File.ReadAllText("/proc/thread-self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10) * (int.Parse(fields[11], CultureInfo.InvariantCulture) + int.Parse(fields[12], CultureInfo.InvariantCulture));
    }
}
