using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Tests.Cases;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SafeConsole.Proxy.Tests.Fuzzing;

/// <summary>
/// A whole relay between a hostile client and an obedient server: whatever the client sends, the relay ends without a defect, the client gets whole messages, and only what
/// the judge approves reaches the server.
/// </summary>
public sealed class RelayFuzzTests(ITestOutputHelper output)
{
    private static readonly byte[] Marker = "end of input"u8.ToArray();
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(30);
    private readonly StatementJudge judge = new();

    [Fact]
    public async Task Hostile_messages_end_in_answers_or_a_sentence_and_nothing_unjudged_is_sent_on()
    {
        byte[] startup = Startup("user", "safe_reader", "database", "recipes");
        byte[] trailer = Messages(writer =>
        {
            EmptyMessage.Write(writer, FrontendType.Sync);
            QueryMessage.Write(writer, "SELECT 'end of input'");
        });
        await RunAsync(MessageSeeds(), FrameMutator.Mutate, messages => [.. startup, .. messages, .. trailer], 250);
    }

    [Fact]
    public Task Hostile_first_packets_end_in_a_greeting_or_a_sentence() => RunAsync(StartupSeeds(), ByteMutator.Mutate, packet => packet, 250);

    private async Task RunAsync(IReadOnlyList<byte[]> seeds, Func<Random, IReadOnlyList<byte[]>, byte[]> mutate, Func<byte[], byte[]> dress, int inputs)
    {
        var replica = new ObedientReplica();
        await using FakeServer server = replica.Server;
        var log = new DefectLog();
        var options = new ProxyOptions { MaximumMessage = 256 * 1024, OpeningInterval = TimeSpan.Zero };
        await using var proxy = new ProxyHost(Policy.For(server.Database, Policy.Limits with { PreparedStatements = 20, Cursors = 20 }), new KnownCredentials(new Dictionary<string, string>()), new ForgetfulTranscript(), options, null, log, byName: true);
        var random = new Random(7);
        var run = new FuzzRun<byte[]>(seeds, mutate, input => ExamineAsync(proxy, replica, log, dress(input), random).GetAwaiter().GetResult(), Convert.ToHexString);
        foreach (FuzzReport report in run.Run(inputs))
        {
            output.WriteLine(report.ToString());
            Assert.True(report.Outcomes > 5, report.ToString());
        }
    }

    private async Task<string> ExamineAsync(ProxyHost proxy, ObedientReplica replica, DefectLog log, byte[] input, Random random)
    {
        int most = random.Next(3) switch { 0 => 1, 1 => 7, _ => int.MaxValue };
        using var client = new ScriptedClient(input, () => most, Marker, Silence);
        RelayEnd end = await proxy.Session.RelayAsync(client, CancellationToken.None);
        if (log.Defect is { } defect)
        {
            throw new InvalidOperationException("The proxy reports a defect.", defect);
        }

        while (replica.Arrived.TryDequeue(out string? sql))
        {
            if (judge.Judge(proxy.Policy, sql, "simple").Approved?.Text != sql)
            {
                throw new InvalidOperationException($"The server got what the judge does not approve: {sql}");
            }
        }

        string letters = client.Letters(mayBeCut: false);
        return $"{end.Stage}/{end.Side}/{new string([.. end.Sentence.Where(char.IsAsciiLetter).Take(30)])}/{new string([.. letters.Distinct().Order()])}";
    }

    private static List<byte[]> MessageSeeds() =>
    [
        .. ProtocolCases.All.Where(one => one.Sent.Count > 0 && one.All[0] is >= (byte)'A' and <= (byte)'z').Select(one => one.All),
        Messages(writer =>
        {
            QueryMessage.Write(writer, "SELECT 1; SELECT 2");
            ParseMessage.Write(writer, "s"u8, "SELECT $1::int", [0, 0, 0, 23]);
            writer.Begin(FrontendType.Bind).WriteText("p").WriteText("s").WriteInt16(1).WriteInt16(0).WriteInt16(1).WriteInt32(1).WriteByte((byte)'7').WriteInt16(0).End();
            writer.Begin(FrontendType.Describe).WriteByte((byte)'S').WriteText("s").End();
            writer.Begin(FrontendType.Describe).WriteByte((byte)'P').WriteText("p").End();
            writer.Begin(FrontendType.Execute).WriteText("p").WriteInt32(2).End();
            EmptyMessage.Write(writer, FrontendType.Flush);
            writer.Begin(FrontendType.Close).WriteByte((byte)'P').WriteText("p").End();
            EmptyMessage.Write(writer, FrontendType.Sync);
            QueryMessage.Write(writer, "BEGIN; DECLARE c CURSOR FOR SELECT 1; FETCH c; PREPARE q AS SELECT 2; EXECUTE q; DISCARD ALL");
            QueryMessage.Write(writer, "SET statement_timeout TO 0");
            QueryMessage.Write(writer, "DELETE FROM recipes");
            EmptyMessage.Write(writer, FrontendType.Terminate);
        }),
    ];

    private static List<byte[]> StartupSeeds() =>
    [
        .. ProtocolCases.All.Where(one => one.Sent.Count > 0 && one.All[0] == 0).Select(one => one.All),
        Startup("user", "safe_reader", "database", "recipes", "options", "-c statement_timeout=1s --search-path=public", "client_encoding", "UTF8", "_pq_.x", "1"),
        [.. Convert.FromHexString("0000000804d2162f0000000804d21630"), .. Startup("user", "safe_reader")],
    ];

    private static byte[] Startup(params string[] parameters) => Messages(writer =>
    {
        writer.Begin().WriteInt32(StartupPacket.Version3);
        foreach (string part in parameters)
        {
            writer.WriteText(part);
        }

        writer.WriteByte(0).End();
    });

    private static byte[] Messages(Action<MessageWriter> write)
    {
        using var writer = new MessageWriter();
        write(writer);
        return writer.Written.ToArray();
    }
}
