using System.Buffers.Binary;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Errors;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Postgres.Replicas;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// Takes the client's messages one by one: decoded, recorded and judged by the gate, and written again for the replica from what was
/// understood. Nothing is sent here; <see cref="Recorded"/> must complete first.
/// </summary>
internal sealed class ClientRequests(int connection, StatementGate gate, SessionRecord record, ReplyQueue queue, ReplicaConnection replica, ProxyOptions options)
{
    private const int LongestName = 63;
    private const int FirstOwnType = 16384; // FirstNormalObjectId: types below come with PostgreSQL.
    private static readonly byte[] RefusedName = "safeconsole_refused"u8.ToArray();

    /// <summary>Completes when everything taken so far is on record.</summary>
    public Task Recorded { get; private set; } = Task.CompletedTask;

    /// <summary>Takes a message; false for the client's goodbye. Throws <see cref="ProtocolFaultException"/> for what is malformed, unknown or impossible here.</summary>
    public bool Take(Frame frame)
    {
        switch (frame.Type)
        {
            case FrontendType.Query:
                TakeQuery(QueryMessage.Read(frame.Body));
                return true;
            case FrontendType.Parse:
                TakeParse(ParseMessage.Read(frame.Body));
                return true;
            case FrontendType.Bind:
                TakeBind(BindMessage.Read(frame.Body));
                return true;
            case FrontendType.Execute:
                TakeExecute(ExecuteMessage.Read(frame.Body));
                return true;
            case FrontendType.Describe:
                TakeDescribe(DescribeMessage.Read(frame.Body));
                return true;
            case FrontendType.Close:
                TakeClose(DescribeMessage.Read(frame.Body));
                return true;
            case FrontendType.Sync:
                TakeSync(frame);
                return true;
            case FrontendType.Flush:
                TakeFlush(frame);
                return true;
            case FrontendType.FunctionCall:
                RefuseFunctionCall(FunctionCallMessage.ReadFunction(frame.Body));
                return true;
            case FrontendType.Terminate:
                EmptyMessage.Read(frame.Body);
                return false;
            case FrontendType.CopyData or FrontendType.CopyDone or FrontendType.CopyFail:
                throw new ProtocolFaultException("A COPY message came, but no COPY from the client is ever under way.");
            default:
                throw new ProtocolFaultException($"A message of the unknown or impossible type 0x{frame.Type:x2} came.");
        }
    }

    private void TakeSync(Frame frame)
    {
        EmptyMessage.Read(frame.Body);
        replica.SendSync();
        Stage(new PendingReply(ReplyKind.Sync));
    }

    private void TakeFlush(Frame frame)
    {
        EmptyMessage.Read(frame.Body);
        replica.SendFlush();
    }

    private void TakeQuery(QueryMessage query)
    {
        if (!WireText.TryDecode(query.Sql, out string sql))
        {
            replica.SendQuery(FixedStatement.Refused);
            Stage(new PendingReply(ReplyKind.Query) { Refusal = GatewayError.NotUtf8() });
            return;
        }

        GatedStatement statement = gate.Submit(connection, "simple", sql);
        Recorded = statement.Recorded;
        var run = new StatementRun(statement, 0);
        if (statement.Approved is { } given && LacksRoomFor(NameChanges.Given(given)))
        {
            replica.SendQuery(FixedStatement.Refused);
            Stage(new PendingReply(ReplyKind.Query) { Run = run, Refusal = GatewayError.TooManyNames(options.MaximumNames) });
        }
        else if (statement.Approved is { } approved)
        {
            replica.SendQuery(approved);
            Stage(new PendingReply(ReplyKind.Query) { Run = run, Changes = NameChanges.Of(approved, statement) });
        }
        else
        {
            replica.SendQuery(FixedStatement.Refused);
            Stage(new PendingReply(ReplyKind.Query) { Run = run, Refusal = Denial(statement) });
        }
    }

    private void TakeParse(ParseMessage parse)
    {
        if (RefusesName(parse.Name) || RefusesMoreNames())
        {
            return;
        }

        if (!WireText.TryDecode(parse.Sql, out string sql))
        {
            RefuseInBatch(GatewayError.NotUtf8());
            return;
        }

        string name = WireText.Decode(parse.Name);
        GatedStatement statement = gate.Submit(connection, "extended", sql);
        Recorded = statement.Recorded;
        var run = new StatementRun(statement, 0);
        if (statement.Approved is { } approved)
        {
            replica.SendParse(parse.Name, approved, OwnTypesInferred(parse.ParameterTypes));
            Stage(ReplyKind.Parse, run, new NameChange(OfPortal: false, name, Statement: new PreparedStatement(statement, BySql: false)));
        }
        else
        {
            replica.SendParse(parse.Name, FixedStatement.Refused);
            Stage(new PendingReply(ReplyKind.Parse) { Run = run, Refusal = Denial(statement) });
        }
    }

    private void TakeBind(BindMessage bind)
    {
        if (RefusesName(bind.Portal) || RefusesMoreNames())
        {
            return;
        }

        string name = WireText.Decode(bind.Statement);
        if (queue.FindStatement(name) is not { } prepared)
        {
            RefuseInBatch(GatewayError.NoStatement(name));
            return;
        }

        GatedStatement statement = gate.Renew(prepared.Gated);
        var run = new StatementRun(statement, prepared.Gated.NextExecution()) { IsInner = prepared.BySql };
        Recorded = record.Write(new StatementBound(statement.Number, run.Execution, bind.Describe()));
        if (statement.Approved is null || statement.Approved.Text != prepared.Gated.Approved!.Text)
        {
            RefuseInBatch(statement.Approved is null ? Denial(statement) : GatewayError.PolicyChanged(), run);
            return;
        }

        replica.SendBind(bind);
        var portal = new NameChange(OfPortal: true, WireText.Decode(bind.Portal), Portal: run);
        Stage(new PendingReply(ReplyKind.Bind)
        {
            Run = run,
            Changes = statement == prepared.Gated ? [portal] : [portal, new NameChange(OfPortal: false, name, Statement: prepared with { Gated = statement })],
        });
    }

    private void TakeExecute(ExecuteMessage execute)
    {
        string name = WireText.Decode(execute.Portal);
        if (queue.FindPortal(name) is not { } run)
        {
            RefuseInBatch(GatewayError.NoPortal(name));
            return;
        }

        if (!run.IsInner && LacksRoomFor(NameChanges.Given(run.Statement.Approved!)))
        {
            RefuseInBatch(GatewayError.TooManyNames(options.MaximumNames), run);
            return;
        }

        replica.SendExecute(execute);
        IReadOnlyList<NameChange?>? changes = run.IsInner ? null : NameChanges.Of(run.Statement.Approved!, run.Statement);
        Stage(new PendingReply(ReplyKind.Execute) { Run = run, Changes = changes });
    }

    private void TakeDescribe(DescribeMessage describe)
    {
        string name = WireText.Decode(describe.Name);
        bool ofStatement = describe.Kind == DescribeMessage.Statement;
        if (ofStatement ? queue.FindStatement(name) is null : queue.FindPortal(name) is null)
        {
            RefuseInBatch(ofStatement ? GatewayError.NoStatement(name) : GatewayError.NoPortal(name));
            return;
        }

        replica.SendDescribe(describe);
        Stage(new PendingReply(ofStatement ? ReplyKind.DescribeStatement : ReplyKind.DescribePortal));
    }

    private void TakeClose(DescribeMessage close)
    {
        if (!RefusesName(close.Name))
        {
            replica.SendClose(close);
            Stage(ReplyKind.Close, null, new NameChange(close.Kind == DescribeMessage.Portal, WireText.Decode(close.Name)));
        }
    }

    private void RefuseFunctionCall(int function)
    {
        var verdict = new Verdict(
            VerdictOutcome.Denied, "function-call", "the FunctionCall message runs a function that no rule can see", "Call the function in a SELECT.", "42501", null);
        GatedStatement statement = gate.Refuse(connection, "function-call", $"function {function}", verdict);
        Recorded = statement.Recorded;
        replica.SendQuery(FixedStatement.Refused);
        Stage(new PendingReply(ReplyKind.Query) { Run = new StatementRun(statement, 0), Refusal = Denial(statement) });
    }

    private void Stage(ReplyKind kind, StatementRun? run, NameChange change) => Stage(new PendingReply(kind) { Run = run, Changes = [change] });

    private void Stage(PendingReply reply)
    {
        if (!queue.Stage(reply) && reply is { Kind: ReplyKind.Query or ReplyKind.Execute, Run: { } run })
        {
            ErrorMessage notRun = GatewayError.NotRun();
            record.Complete(new StatementCompleted(run.Statement.Number, run.Execution, 0, 0, 0, notRun.SqlState, notRun.Message));
        }
    }

    private bool RefusesName(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestName)
        {
            RefuseInBatch(GatewayError.NameTooLong());
            return true;
        }

        return false;
    }

    private bool RefusesMoreNames()
    {
        if (LacksRoomFor(1))
        {
            RefuseInBatch(GatewayError.TooManyNames(options.MaximumNames));
            return true;
        }

        return false;
    }

    private bool LacksRoomFor(int names)
    {
        if (names == 0 || queue.NameCount + names <= options.MaximumNames)
        {
            return false;
        }

        queue.RecomputeNames();
        return queue.NameCount + names > options.MaximumNames;
    }

    // Fails at this place in the pipeline, under a name of its own, so that no statement of the client's is replaced.
    private void RefuseInBatch(ErrorMessage refusal, StatementRun? run = null)
    {
        replica.SendParse(RefusedName, FixedStatement.Refused);
        Stage(new PendingReply(ReplyKind.Parse) { Run = run, Refusal = refusal });
    }

    private static ErrorMessage Denial(GatedStatement statement) => GatewayError.Denied(statement.Verdict);

    // A domain of the application's would run its CHECK when a value is bound. The server infers what such a parameter is from the judged text.
    private static ReadOnlySpan<byte> OwnTypesInferred(ReadOnlySpan<byte> types)
    {
        byte[]? copy = null;
        for (int i = 0; i < types.Length; i += 4)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(types[i..]) >= FirstOwnType)
            {
                copy ??= types.ToArray();
                copy.AsSpan(i, 4).Clear();
            }
        }

        return copy ?? types;
    }
}
