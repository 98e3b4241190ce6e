using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Tests.Fuzzing;
using SafeConsole.Proxy.Tests.Support;

namespace SafeConsole.Proxy.Tests.Relaying;

/// <summary>A whole conversation, start-up and goodbye included, cut at every byte: the same answers, to the byte, and the same SQL to the server.</summary>
public sealed class RecordedConversationTests
{
    [Fact]
    public async Task Conversation_cut_at_every_byte_gets_the_same_answers()
    {
        byte[] sent = Conversation();
        var replica = new ObedientReplica();
        await using FakeServer server = replica.Server;
        await using ProxyHost proxy = server.Proxy();
        (string answers, string sql) = await PlayAsync(proxy, replica, sent, int.MaxValue);
        Assert.Equal("RSSSSKZ" + "TDCZ" + "12DCZ" + "EZ" + "1tnEZ" + "1Z" + "TDCZ", answers);
        Assert.Contains("end of input", sql, StringComparison.Ordinal);
        for (int cut = 1; cut < sent.Length; cut++)
        {
            Assert.Equal((answers, sql), await PlayAsync(proxy, replica, sent, cut));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(5)]
    public async Task Conversation_in_small_pieces_gets_the_same_answers(int piece)
    {
        byte[] sent = Conversation();
        var replica = new ObedientReplica();
        await using FakeServer server = replica.Server;
        await using ProxyHost proxy = server.Proxy();
        Assert.Equal(await PlayAsync(proxy, replica, sent, int.MaxValue), await PlayAsync(proxy, replica, sent, -piece));
    }

    // A positive size is that of the first piece alone; a negative one that of every piece.
    private static async Task<(string Answers, string Sql)> PlayAsync(ProxyHost proxy, ObedientReplica replica, byte[] sent, int size)
    {
        int pieces = 0;
        using var client = new ScriptedClient(sent, () => size < 0 ? -size : pieces++ == 0 ? size : int.MaxValue, "end of input"u8.ToArray());
        await proxy.Session.RelayAsync(client, CancellationToken.None);
        string sql = string.Join('|', replica.Arrived);
        replica.Arrived.Clear();
        return (client.Letters(mayBeCut: false), sql);
    }

    private static byte[] Conversation()
    {
        using var writer = new MessageWriter();
        StartupMessage.Write(writer, [new("user", "safe_reader"), new("database", "recipes"), new("application_name", "psql")]);
        QueryMessage.Write(writer, "SELECT 1");
        ParseMessage.Write(writer, ""u8, "SELECT $1::int", []);
        writer.Begin(FrontendType.Bind).WriteText("").WriteText("").WriteInt16(0).WriteInt16(1).WriteInt32(1).WriteByte((byte)'7').WriteInt16(0).End();
        writer.Begin(FrontendType.Execute).WriteText("").WriteInt32(0).End();
        EmptyMessage.Write(writer, FrontendType.Sync);
        QueryMessage.Write(writer, "DELETE FROM recipes");
        ParseMessage.Write(writer, "s"u8, "SELECT 'é'", []);
        writer.Begin(FrontendType.Describe).WriteByte((byte)'S').WriteText("s").End();
        ParseMessage.Write(writer, "t"u8, "DROP TABLE recipes", []);
        writer.Begin(FrontendType.Execute).WriteText("nobody").WriteInt32(0).End();
        EmptyMessage.Write(writer, FrontendType.Sync);
        ParseMessage.Write(writer, "t"u8, "SELECT 2", []);
        EmptyMessage.Write(writer, FrontendType.Sync);
        QueryMessage.Write(writer, "SELECT 'end of input'");
        return writer.Written.ToArray();
    }
}
