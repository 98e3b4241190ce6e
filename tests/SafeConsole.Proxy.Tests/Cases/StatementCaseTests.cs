using System.Buffers.Binary;
using System.Globalization;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>Section B of the protocol corpus: messages that carry SQL or run code.</summary>
[Collection(CaseServers.Collection)]
public sealed class StatementCaseTests(CaseServers servers)
{
    private const string Denied = "E:(25006|42501) Z:I$";

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P20", "D")]
    public Task Function_call_of_set_config_is_refused(bool onPrimary) => ExpectAsync(onPrimary, ProtocolCases.Of("P20").All, "^E:42501 Z:I$");

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P22", "D")]
    public async Task Function_call_of_a_writer_is_refused(bool onPrimary)
    {
        uint oid = await OidAsync("'trap.log_view(bigint)'::regprocedure");
        await ExpectAsync(onPrimary, Written(writer => writer.Begin(FrontendType.FunctionCall).WriteInt32((int)oid).WriteInt16(0).WriteInt16(1).WriteInt32(1).WriteByte((byte)'5').WriteInt16(0).End()), "^E:42501 Z:I$");
    }

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P23", "D")]
    public Task Write_behind_a_commit_in_one_query_is_refused_as_a_whole(bool onPrimary) => ExpectAsync(onPrimary, ProtocolCases.Of("P23").All, "^" + Denied);

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P25", "D")]
    public Task Write_in_a_pipeline_that_was_made_writable_is_refused(bool onPrimary) => ExpectAsync(onPrimary, ProtocolCases.Of("P25").All, Denied);

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P26", "D")]
    public Task Write_behind_a_commit_in_a_pipeline_is_refused(bool onPrimary) => ExpectAsync(onPrimary, ProtocolCases.Of("P26").All, Denied);

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P28", "D")]
    public Task Function_that_would_run_while_it_is_planned_is_refused_before_bind(bool onPrimary) => ExpectAsync(onPrimary, ProtocolCases.Of("P28").All, "^" + Denied);

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P29", "D")]
    public async Task Domain_of_a_parameter_runs_no_check(bool onPrimary)
    {
        uint oid = await OidAsync("'trap.boom'::regtype");
        byte[] type = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(type, oid);
        byte[] sent = Written(writer =>
        {
            ParseMessage.Write(writer, ""u8, "SELECT $1", type);
            writer.Begin(FrontendType.Bind).WriteText("").WriteText("").WriteInt16(0).WriteInt16(1).WriteInt32(2).WriteBytes("zz"u8).WriteInt16(0).End();
            writer.Begin(FrontendType.Execute).WriteText("").WriteInt32(0).End();
            EmptyMessage.Write(writer, FrontendType.Sync);
        });
        await ExpectAsync(onPrimary, sent, "^(1 2 D:zz C:SELECT 1 Z:I|" + Denied[..^1] + ")$");
    }

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P31", "T")]
    public async Task Binary_parameters_are_recorded_as_bytes_and_never_as_sql(bool onPrimary)
    {
        byte[] hostile = "it's \"x\"; DROP TABLE tags --"u8.ToArray();
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary);
        using WireClient client = await play.StartAsync();
        client.Parse("", "SELECT $1::text").Raw(Written(writer => writer.Begin(FrontendType.Bind).WriteText("").WriteText("").WriteInt16(1).WriteInt16(1)
            .WriteInt16(1).WriteInt32(hostile.Length).WriteBytes(hostile).WriteInt16(0).End())).Execute("").Sync();
        Assert.Equal("1 2 D:it's \"x\"; DROP TABLE tags -- C:SELECT 1 Z:I", await client.ExchangeAsync(1));
        Assert.Equal([@"\x" + Convert.ToHexStringLower(hostile)], Assert.Single(play.Proxy.Recorded.Of<StatementBound>()).Parameters);
    }

    private async Task ExpectAsync(bool onPrimary, byte[] sent, string pattern)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary);
        using WireClient client = await play.StartAsync();
        Assert.Matches(pattern, await client.Raw(sent).ExchangeAsync(1));
        await CasePlay.AssertGuardedAsync(client);
    }

    private async Task<uint> OidAsync(string name) => uint.Parse(await servers.AskAsync(true, $"SELECT {name}::oid::text"), CultureInfo.InvariantCulture);

    private static byte[] Written(Action<MessageWriter> write)
    {
        using var writer = new MessageWriter();
        write(writer);
        return writer.Written.ToArray();
    }
}
