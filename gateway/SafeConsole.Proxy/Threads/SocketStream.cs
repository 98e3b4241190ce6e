using System.Net.Sockets;

namespace SafeConsole.Proxy.Threads;

/// <summary>
/// A socket as a stream whose reads and writes wait in the kernel, each on the thread that is meant for it: called there they complete before they return, called elsewhere
/// they are done there, and the caller goes on there. So code that awaits moves to its thread by itself. One read and one write may be under way at a time.
/// A read or write that is cancelled is the last one.
/// </summary>
internal sealed class SocketStream(Socket socket, RelayThread reads, RelayThread writes) : Stream
{
    // The peer can answer what was sent before the kernel says that it is sent; only a send that stays is one that the peer does not take.
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMilliseconds(100);

    // Odd while something is sent.
    private int sends;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        reads.IsCurrent ? new(Receive(buffer, cancellationToken)) : new(reads.RunAsync(() => Receive(buffer, cancellationToken)));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!writes.IsCurrent)
        {
            return new(writes.RunAsync(() => Send(buffer, cancellationToken)));
        }

        Send(buffer, cancellationToken);
        return default;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Receive(buffer.AsMemory(offset, count), CancellationToken.None);

    public override void Write(byte[] buffer, int offset, int count) => Send(buffer.AsMemory(offset, count), CancellationToken.None);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Receive(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (buffer.IsEmpty)
        {
            // SslStream asks for nothing before each record, so that it need not hold a buffer meanwhile; the kernel would be asked twice for each answer.
            return 0;
        }

        using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static stream => ((SocketStream)stream!).ShutDown(SocketShutdown.Receive), this);
        var wait = new SocketWait(socket, SelectMode.SelectRead);
        while (true)
        {
            int received = Receive(buffer.Span, cancellationToken);
            if (received > 0)
            {
                return received;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (received == 0)
            {
                return 0;
            }

            // A client that passed its socket on can still make it one that does not wait.
            wait.Wait();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private int Receive(Span<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            return NativeSocket.Receive(socket.SafeHandle, bytes);
        }
        catch (IOException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private int Send(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref sends);
        try
        {
            using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static stream => _ = ((SocketStream)stream!).ShutDownWhenStuckAsync(), this);
            var wait = new SocketWait(socket, SelectMode.SelectWrite);
            int sent = 0;
            while (sent < buffer.Length)
            {
                int more = Send(buffer.Span[sent..], cancellationToken);
                sent += more;
                if (sent < buffer.Length)
                {
                    // What is sent whole is sent, whatever ends meanwhile: it is counted.
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (more > 0)
                {
                    wait.Reset();
                }
                else
                {
                    wait.Wait();
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            return sent;
        }
        finally
        {
            Interlocked.Increment(ref sends);
        }
    }

    private int Send(ReadOnlySpan<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            return NativeSocket.Send(socket.SafeHandle, bytes);
        }
        catch (IOException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private async Task ShutDownWhenStuckAsync()
    {
        int send = Volatile.Read(ref sends);
        await Task.Delay(StuckAfter).ConfigureAwait(false);
        if (send % 2 != 0 && send == Volatile.Read(ref sends))
        {
            ShutDown(SocketShutdown.Both);
        }
    }

    // Wakes whoever waits in the kernel, and lets nobody wait there again.
    private void ShutDown(SocketShutdown how)
    {
        try
        {
            socket.Shutdown(how);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // There is no connection any more to wait on.
        }
    }
}
