using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Tests.Cases;
using SafeConsole.Proxy.Tests.Fuzzing;

namespace SafeConsole.Proxy.Tests.Protocol;

/// <summary>Bytes arrive in any pieces: what is read is the same, and memory is that of what has arrived, never of what was announced.</summary>
public sealed class SplittingTests
{
    private static readonly byte[] Stream =
        [.. ProtocolCases.All.Where(one => one.Sent.Count > 0 && one.All[0] is >= (byte)'A' and <= (byte)'z' && one.Id != "P50").SelectMany(one => one.All)];

    [Fact]
    public async Task Stream_cut_at_every_byte_is_read_as_the_same_messages()
    {
        string[] whole = await ReadAsync([Stream]);
        Assert.True(whole.Length > 40);
        for (int cut = 1; cut < Stream.Length; cut++)
        {
            Assert.Equal(whole, await ReadAsync([Stream[..cut], Stream[cut..]]));
        }
    }

    [Property(MaxTest = 500)]
    public Property Stream_in_any_pieces_is_read_as_the_same_messages() => Prop.ForAll(
        Gen.Choose(1, 40).ListOf(60).ToArbitrary(),
        sizes =>
        {
            List<byte[]> pieces = [];
            int at = 0;
            foreach (int size in sizes)
            {
                pieces.Add(Stream[at..Math.Min(Stream.Length, at + size)]);
                at += pieces[^1].Length;
            }

            pieces.Add(Stream[at..]);
            return ReadAsync(pieces).GetAwaiter().GetResult().SequenceEqual(ReadAsync([Stream]).GetAwaiter().GetResult());
        });

    [Theory]
    [InlineData("P01")]
    [InlineData("P05")]
    [InlineData("P13")]
    [InlineData("P19")]
    public void First_packet_is_only_read_when_its_last_byte_is_there(string id)
    {
        byte[] packet = ProtocolCases.Of(id).All;
        for (int cut = 0; cut < packet.Length; cut++)
        {
            Assert.False(StartupPacket.TryRead(packet.AsSpan(0, cut), out _));
        }

        Assert.True(StartupPacket.TryRead([.. packet, 1, 2, 3], out StartupPacket read));
        Assert.Equal(packet.Length, read.Length);
    }

    [Theory]
    [InlineData("51 7fffffff")]
    [InlineData("42 7ffffffe")]
    [InlineData("50 40000000")]
    public async Task Announced_gigabytes_are_refused_before_anything_is_kept_for_them(string hex)
    {
        byte[] header = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        using var buffer = new FrameBuffer(new MemoryStream(header), 1024 * 1024);
        Assert.True(await buffer.FillAsync(CancellationToken.None));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ProtocolFaultException>(() => Frame.TryRead(buffer.Unread, 1024 * 1024, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Theory]
    [InlineData("42 00000010 00 00 0000 0001 7fffffff")]
    [InlineData("42 0000000a 00 00 ffff 0000")]
    [InlineData("50 0000000c 00 00 ffff 00000017")]
    public void Announced_items_are_refused_before_anything_is_kept_for_them(string hex)
    {
        byte[] message = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ProtocolFaultException>(() =>
        {
            if (message[0] == FrontendType.Bind)
            {
                BindMessage.Read(message.AsSpan(5));
            }
            else
            {
                ParseMessage.Read(message.AsSpan(5));
            }
        });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    // The messages as text, read as a relay reads them.
    private static async Task<string[]> ReadAsync(List<byte[]> pieces)
    {
        int next = 0;
        byte[] all = [.. pieces.SelectMany(piece => piece)];
        using var client = new ScriptedClient(all, () => pieces[Math.Min(next++, pieces.Count - 1)].Length);
        client.Close();
        using var buffer = new FrameBuffer(client, 64 * 1024);
        List<string> messages = [];
        do
        {
            while (TryTake(buffer, out string message))
            {
                messages.Add(message);
            }
        }
        while (await buffer.FillAsync(CancellationToken.None));

        Assert.Equal(0, buffer.Unread.Length);
        return [.. messages];
    }

    private static bool TryTake(FrameBuffer buffer, out string message)
    {
        bool whole = Frame.TryRead(buffer.Unread, 64 * 1024, out Frame frame);
        message = whole ? $"{(char)frame.Type} {Convert.ToHexString(frame.Body)}" : "";
        buffer.Advance(whole ? frame.Length : 0);
        return whole;
    }
}
