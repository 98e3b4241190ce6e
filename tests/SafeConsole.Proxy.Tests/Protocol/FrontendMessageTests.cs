using FsCheck.Xunit;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Tests.Protocol;

/// <summary>Decoding and re-encoding of what a client sends: the same bytes come out, whatever the cut; nothing but a fault comes of garbage.</summary>
public sealed class FrontendMessageTests
{
    public static TheoryData<string> Messages => new(
        "51000000 0d 53454c4543542031 00",                                            // Query
        "50000000 1a 7300 53454c454354202431 00 0002 00000017 00000019",              // Parse
        "42000000 1c 7000 7300 0001 0001 0002 00000002 6162 ffffffff 0001 0001",      // Bind
        "42000000 0c 00 00 0000 0000 0000",                                           // Bind of nothing
        "45000000 0a 7000 00000005",                                                  // Execute
        "44000000 07 53 7300",                                                        // Describe
        "43000000 07 50 7000",                                                        // Close
        "53000000 04",                                                                // Sync
        "48000000 04",                                                                // Flush
        "58000000 04");                                                               // Terminate

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_is_only_read_when_its_last_byte_is_there_and_comes_out_as_it_went_in(string hex)
    {
        byte[] bytes = Hex(hex);
        for (int cut = 0; cut < bytes.Length; cut++)
        {
            Assert.False(Frame.TryRead(bytes.AsSpan(0, cut), 1024, out _));
        }

        byte[] twice = [.. bytes, .. bytes];
        Assert.True(Frame.TryRead(twice, 1024, out Frame frame));
        Assert.Equal(bytes.Length, frame.Length);
        Assert.Equal(bytes, Recode(frame.Type, frame.Body));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_that_is_cut_or_longer_than_its_contents_is_a_fault(string hex)
    {
        byte[] bytes = Hex(hex);
        byte[] body = bytes[5..];
        for (int length = 0; length < body.Length; length++)
        {
            Assert.Throws<ProtocolFaultException>(() => Recode(bytes[0], body.AsSpan(0, length)));
        }

        Assert.Throws<ProtocolFaultException>(() => Recode(bytes[0], [.. body, 1]));
    }

    [Property(MaxTest = 2000)]
    public void Garbage_is_a_fault_or_comes_out_as_it_went_in(byte choice, byte[] body)
    {
        byte type = "QPBEDCSHX"u8[choice % 9];
        byte[]? recoded = null;
        Exception? fault = Record.Exception(() => recoded = Recode(type, body));

        if (fault is not null)
        {
            Assert.IsType<ProtocolFaultException>(fault);
        }
        else if (WireText.TryDecode(body, out _))
        {
            Assert.Equal(body, recoded!.AsSpan(5).ToArray());
        }
    }

    [Property(MaxTest = 2000)]
    public void Garbage_that_looks_like_a_bind_is_a_fault_or_comes_out_as_it_went_in(byte[] tail, byte formats, byte count)
    {
        byte[] body = [0, 0, 0, (byte)(formats % 3), .. new byte[formats % 3 * 2], 0, (byte)(count % 4), .. tail];
        byte[]? recoded = null;
        Exception? fault = Record.Exception(() => recoded = Recode(FrontendType.Bind, body));

        Assert.True(fault is null or ProtocolFaultException, fault?.ToString());
        Assert.True(fault is not null || body.AsSpan().SequenceEqual(recoded.AsSpan(5)));
    }

    [Property]
    public void Any_sql_and_name_survive_the_round_trip(string? name, string? sql, uint[] types)
    {
        (name, sql) = (Clean(name), Clean(sql));
        byte[] oids = types.SelectMany(type => BitConverter.GetBytes(type)).ToArray();
        using var writer = new MessageWriter();
        ParseMessage.Write(writer, System.Text.Encoding.UTF8.GetBytes(name), sql, oids);
        Assert.True(Frame.TryRead(writer.Written.Span, int.MaxValue, out Frame frame));
        ParseMessage message = ParseMessage.Read(frame.Body);

        Assert.Equal(name, WireText.Decode(message.Name));
        Assert.Equal(sql, WireText.Decode(message.Sql));
        Assert.Equal(oids, message.ParameterTypes.ToArray());
    }

    [Fact]
    public void Parameters_are_described_as_text_hex_and_null()
    {
        byte[] body = Hex("00 00 0003 0000 0001 0000 0003 00000002 c3a9 00000002 c3a9 00000001 ff 0000");
        Assert.Equal<string?[]>(["é", @"\xc3a9", @"\xff"], BindMessage.Read(body).Describe());
        Assert.Equal<string?[]>([null], BindMessage.Read(Hex("00 00 0000 0001 ffffffff 0000")).Describe());
    }

    [Theory]
    [InlineData("51 00000003")]
    [InlineData("51 80000000")]
    [InlineData("51 7fffffff")]
    [InlineData("51 00000405")]
    public void Impossible_and_too_large_lengths_are_refused_by_the_header_alone(string hex) =>
        Assert.Throws<ProtocolFaultException>(() => Frame.TryRead(Hex(hex), 1024, out _));

    [Fact]
    public async Task Buffer_never_holds_more_than_its_limit()
    {
        using var endless = new MemoryStream(new byte[300_000]);
        using var buffer = new FrameBuffer(endless, 100_000);
        await Assert.ThrowsAsync<ProtocolFaultException>(async () =>
        {
            while (await buffer.FillAsync(CancellationToken.None))
            {
            }
        });
        Assert.InRange(buffer.Unread.Length, 100_000, 131_072);
    }

    [Property]
    public void Text_with_a_zero_byte_is_never_written(string? before, string? after)
    {
        using var writer = new MessageWriter();
        Assert.Throws<ArgumentException>(() => QueryMessage.Write(writer, Clean(before) + "\0" + Clean(after)));
    }

    private static byte[] Recode(byte type, ReadOnlySpan<byte> body)
    {
        using var writer = new MessageWriter();
        switch (type)
        {
            case FrontendType.Query:
                QueryMessage.Write(writer, WireText.DecodeLoosely(QueryMessage.Read(body).Sql));
                break;
            case FrontendType.Parse:
                ParseMessage parse = ParseMessage.Read(body);
                ParseMessage.Write(writer, parse.Name, WireText.DecodeLoosely(parse.Sql), parse.ParameterTypes);
                break;
            case FrontendType.Bind:
                BindMessage.Read(body).Write(writer);
                break;
            case FrontendType.Execute:
                ExecuteMessage.Read(body).Write(writer);
                break;
            case FrontendType.Describe or FrontendType.Close:
                DescribeMessage.Read(body).Write(writer, type);
                break;
            default:
                EmptyMessage.Read(body);
                EmptyMessage.Write(writer, type);
                break;
        }

        return writer.Written.ToArray();
    }

    private static string Clean(string? text) =>
        WireText.DecodeLoosely(System.Text.Encoding.UTF8.GetBytes((text ?? "").Replace("\0", "", StringComparison.Ordinal)));

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
