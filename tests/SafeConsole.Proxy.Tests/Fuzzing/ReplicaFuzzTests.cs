using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SafeConsole.Proxy.Tests.Fuzzing;

/// <summary>A hostile server, during the log-in and behind it: the relay ends without a defect, and the client gets messages, the last of which may be cut.</summary>
public sealed class ReplicaFuzzTests(ITestOutputHelper output)
{
    // Each input is a connection.
    private static readonly ProxyOptions Hurried = new() { OpeningInterval = TimeSpan.Zero };

    [Fact]
    public async Task Hostile_answers_end_the_relay_without_a_defect()
    {
        byte[] answers = [];
        await using var server = new FakeServer(async (_, _, stream, token) =>
        {
            await stream.WriteAsync(answers, token);
            return false;
        });
        var log = new DefectLog();
        await using var proxy = new ProxyHost(Policy.For(server.Database), new KnownCredentials(new Dictionary<string, string>()), new ForgetfulTranscript(), Hurried, null, log, byName: true);
        await RunAsync(Answers(), FrameMutator.Mutate, log, input =>
        {
            answers = input;
            return proxy;
        });
    }

    [Fact]
    public async Task Hostile_log_ins_end_the_relay_without_a_defect()
    {
        byte[] answers = [];
        await using var server = new RawServer(() => answers);
        var log = new DefectLog();
        var database = new DatabasePolicy(
            "postgres", "127.0.0.1", server.Port, "recipes", "safe_reader", null, TlsMode.Disable, null, new ProofPolicy(true, true, TimeSpan.FromSeconds(60)));
        var credentials = new KnownCredentials(new Dictionary<string, string> { ["env:PASSWORD"] = "pencil" });
        await using (var open = new ProxyHost(Policy.For(database), credentials, new ForgetfulTranscript(), Hurried, null, log, byName: true))
        await using (var guarded = new ProxyHost(Policy.For(database with { Credential = "env:PASSWORD" }), credentials, new ForgetfulTranscript(), Hurried, null, log, byName: true))
        {
            await RunAsync(LogIns(), FrameMutator.Mutate, log, input =>
            {
                answers = input;
                return input.Length % 2 == 0 ? open : guarded;
            });
        }
    }

    private async Task RunAsync(IReadOnlyList<byte[]> seeds, Func<Random, IReadOnlyList<byte[]>, byte[]> mutate, DefectLog log, Func<byte[], ProxyHost> prepare)
    {
        byte[] script = Script();
        var run = new FuzzRun<byte[]>(seeds, mutate, input => ExamineAsync(prepare(input), log, script).GetAwaiter().GetResult(), Convert.ToHexString);
        await Task.Run(() =>
        {
            foreach (FuzzReport report in run.Run(400))
            {
                output.WriteLine(report.ToString());
                Assert.True(report.Outcomes > 5, report.ToString());
            }
        });
    }

    private static async Task<string> ExamineAsync(ProxyHost proxy, DefectLog log, byte[] script)
    {
        using var client = new ScriptedClient(script, () => int.MaxValue);
        RelayEnd end = await proxy.Session.RelayAsync(client, CancellationToken.None);
        return log.Defect is { } defect
            ? throw new InvalidOperationException("The proxy reports a defect.", defect)
            : $"{end.Stage}/{end.Side}/{new string([.. end.Sentence.Where(char.IsAsciiLetter).Take(40)])}/{new string([.. client.Letters(mayBeCut: true).Distinct().Order()])}";
    }

    private static byte[] Script()
    {
        using var writer = new MessageWriter();
        StartupMessage.Write(writer, [new("user", "safe_reader"), new("database", "recipes")]);
        QueryMessage.Write(writer, "SELECT 1; PREPARE q AS SELECT 2");
        ParseMessage.Write(writer, "s"u8, "SELECT 1", []);
        writer.Begin(FrontendType.Describe).WriteByte((byte)'S').WriteText("s").End();
        writer.Begin(FrontendType.Bind).WriteText("").WriteText("s").WriteInt16(0).WriteInt16(0).WriteInt16(0).End();
        writer.Begin(FrontendType.Describe).WriteByte((byte)'P').WriteText("").End();
        writer.Begin(FrontendType.Execute).WriteText("").WriteInt32(1).End();
        writer.Begin(FrontendType.Close).WriteByte((byte)'S').WriteText("s").End();
        EmptyMessage.Write(writer, FrontendType.Sync);
        QueryMessage.Write(writer, "DELETE FROM recipes");
        QueryMessage.Write(writer, "COPY (SELECT 1) TO STDOUT");
        return writer.Written.ToArray();
    }

    private static List<byte[]> Answers()
    {
        using var writer = new MessageWriter();
        Row(writer);
        FakeServer.Complete(writer, "PREPARE");
        EmptyMessage.Write(writer, BackendType.ParseComplete);
        writer.Begin(BackendType.ParameterDescription).WriteInt16(0).End();
        EmptyMessage.Write(writer, BackendType.NoData);
        EmptyMessage.Write(writer, BackendType.BindComplete);
        writer.Begin(BackendType.RowDescription).WriteInt16(0).End();
        FakeServer.Row(writer, "1");
        EmptyMessage.Write(writer, BackendType.PortalSuspended);
        EmptyMessage.Write(writer, BackendType.CloseComplete);
        ReadyForQueryMessage.Write(writer, ReadyForQueryMessage.InTransaction);
        new ErrorMessage("ERROR", "42601", "syntax error") { Hint = "h", Position = 3 }.WriteError(writer);
        ReadyForQueryMessage.Write(writer, ReadyForQueryMessage.Failed);
        writer.Begin(BackendType.CopyOut).WriteByte(0).WriteInt16(0).End();
        writer.Begin(BackendType.CopyData).WriteBytes("1\n"u8).End();
        EmptyMessage.Write(writer, BackendType.CopyDone);
        FakeServer.Complete(writer, "COPY 1");
        new ParameterStatusMessage("in_hot_standby", "on").Write(writer);
        new ErrorMessage("FATAL", "57P01", "terminating").WriteError(writer);
        return [writer.Written.ToArray()];
    }

    private static void Row(MessageWriter writer)
    {
        writer.Begin(BackendType.RowDescription).WriteInt16(0).End();
        FakeServer.Row(writer, "1", "");
        new ErrorMessage("NOTICE", "00000", "noticed").WriteNotice(writer);
        writer.Begin(BackendType.CommandComplete).WriteText("SELECT 1").End();
    }

    private static List<byte[]> LogIns()
    {
        using var plain = new MessageWriter();
        AuthenticationMessage.WriteOk(plain);
        new ParameterStatusMessage("client_encoding", "UTF8").Write(plain);
        BackendKeyDataMessage.Write(plain, new BackendKey(7, "01020304"));
        ReadyForQueryMessage.Write(plain, ReadyForQueryMessage.Idle);
        FakeServer.Row(plain, "t", "0", "0/0", "on", "on", "1", "1", "1", "on", "UTF8", "safe_reader", "f", "15.0", "public", "7", "0");
        FakeServer.Complete(plain, "SELECT 1");
        FakeServer.Complete(plain, "SELECT 0");
        FakeServer.Complete(plain, "BEGIN");
        new ErrorMessage("ERROR", "25006", "read-only").WriteError(plain);
        ReadyForQueryMessage.Write(plain, ReadyForQueryMessage.Failed);
        FakeServer.Complete(plain, "ROLLBACK");
        using var scram = new MessageWriter();
        scram.Begin(BackendType.Authentication).WriteInt32(AuthenticationMessage.Sasl).WriteText("SCRAM-SHA-256").WriteByte(0).End();
        scram.Begin(BackendType.Authentication).WriteInt32(AuthenticationMessage.SaslContinue).WriteBytes("r=nonce,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"u8).End();
        scram.Begin(BackendType.Authentication).WriteInt32(AuthenticationMessage.SaslFinal).WriteBytes("v=AAAA"u8).End();
        AuthenticationMessage.WriteOk(scram);
        new ErrorMessage("FATAL", "28P01", "no").WriteError(scram);
        return [plain.Written.ToArray(), scram.Written.ToArray()];
    }
}
