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
internal sealed class ClientRequests(int connection, StatementGate gate, SessionRecord record, ReplyQueue queue, ReplicaConnection replica, NameBudget budget)
{
    private const int LongestName = 63;
    private const int FirstOwnType = 16384; // FirstNormalObjectId: types below come with PostgreSQL.
    private static readonly byte[] RefusedName = "safeconsole_refused"u8.ToArray();
    private readonly RefusedParse refused = new();

    /// <summary>Completes when everything taken so far is on record.</summary>
    public Task Recorded { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Whether what is under way must be answered before this message can be judged: because search_path is being changed, or because it uses names that are being given.
    /// </summary>
    public bool MustWait(Frame frame) => frame.Type switch
    {
        FrontendType.Query or FrontendType.Parse => queue.IsUnsettled || (queue.Count > 0 && KeyWords.MayRunByName(frame.Body) && queue.GivesNames()),
        FrontendType.Bind => queue.IsUnsettled || (queue.Count > 0 && queue.IsDoubtful(WireText.Decode(BindMessage.Read(frame.Body).Statement))),
        FrontendType.Execute => queue.IsUnsettled,
        _ => false,
    };

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
        refused.End();
        if (gate.RefuseSync(connection, queue.Meaning) is { } denied)
        {
            Recorded = denied.Recorded;
            RefuseInBatch(Denial(denied), new StatementRun(denied, 0));
        }

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
            RefuseQuery(gate.Refuse(connection, "simple", WireText.DecodeLoosely(query.Sql), GatewayError.NotUtf8));
            return;
        }

        GatedStatement statement = gate.Submit(connection, "simple", sql, queue.Meaning);
        Recorded = statement.Recorded;
        var run = new StatementRun(statement, 0);
        if (statement.Approved is { } given && Excess(NameChanges.Given(given)) is { } excess)
        {
            replica.SendQuery(FixedStatement.Refused);
            Stage(new PendingReply(ReplyKind.Query) { Run = run, Refusal = excess });
        }
        else if (statement.Approved is { } approved)
        {
            replica.SendQuery(approved);
            Stage(new PendingReply(ReplyKind.Query) { Run = run, Changes = NameChanges.Of(approved, statement, queue.Batch), Runs = Effects(approved) });
        }
        else
        {
            replica.SendQuery(FixedStatement.Refused);
            Stage(new PendingReply(ReplyKind.Query) { Run = run, Refusal = Denial(statement) });
        }
    }

    private void TakeParse(ParseMessage parse)
    {
        string name = WireText.Decode(parse.Name);
        if (RefusesName(parse.Name, parse.Sql) || (queue.FindStatement(name) is null && RefusesMore(statements: 1)))
        {
            return;
        }

        if (!WireText.TryDecode(parse.Sql, out string sql))
        {
            refused.Refuse(name, RefuseUnread(WireText.DecodeLoosely(parse.Sql), GatewayError.NotUtf8));
            return;
        }

        ReadOnlySpan<byte> types = OwnTypesInferred(parse.ParameterTypes);
        GatedStatement statement = gate.Submit(connection, "extended", sql, queue.Meaning, Numbers(types));
        Recorded = statement.Recorded;
        var run = new StatementRun(statement, 0);
        if (statement.Approved is { } approved)
        {
            refused.Replace(name);
            replica.SendParse(parse.Name, approved, types);
            Stage(ReplyKind.Parse, run, new NameChange(OfPortal: false, name, Statement: new PreparedStatement(statement, BySql: false, queue.Batch)));
        }
        else
        {
            refused.Refuse(name, statement);
            replica.SendParse(parse.Name, FixedStatement.Refused);
            Stage(new PendingReply(ReplyKind.Parse) { Run = run, Refusal = Denial(statement) });
        }
    }

    private void TakeBind(BindMessage bind)
    {
        string name = WireText.Decode(bind.Statement);
        string portalName = WireText.Decode(bind.Portal);
        if (refused.Takes(name, portalName))
        {
            Recorded = record.Write(new StatementBound(refused.Statement!.Number, refused.Statement.NextExecution(), bind.Describe()));
            return;
        }

        if (RefusesName(bind.Portal, bind.Statement) || (queue.FindPortal(portalName) is null && RefusesMore(portals: 1)))
        {
            return;
        }

        if (queue.FindStatement(name) is not { } prepared)
        {
            RefuseInBatch(GatewayError.NoStatement(name));
            return;
        }

        GatedStatement statement = gate.Renew(prepared.Gated, queue.Meaning);
        var run = new StatementRun(statement, prepared.Gated.NextExecution()) { IsInner = prepared.BySql };
        Recorded = record.Write(new StatementBound(statement.Number, run.Execution, bind.Describe()));
        if (statement.Approved is null || statement.Approved.Text != prepared.Gated.Approved!.Text)
        {
            RefuseInBatch(statement.Approved is null ? Denial(statement) : GatewayError.PolicyChanged(), run);
            return;
        }

        replica.SendBind(bind);
        var portal = new NameChange(OfPortal: true, portalName, Portal: run);
        Stage(new PendingReply(ReplyKind.Bind)
        {
            Run = run,
            Changes = statement == prepared.Gated ? [portal] : [portal, new NameChange(OfPortal: false, name, Statement: prepared with { Gated = statement })],
        });
    }

    private void TakeExecute(ExecuteMessage execute)
    {
        string name = WireText.Decode(execute.Portal);
        if (refused.IsPortal(name))
        {
            return;
        }

        if (queue.FindPortal(name) is not { } run)
        {
            RefuseInBatch(GatewayError.NoPortal(name));
            return;
        }

        if (!run.IsInner && Excess(NameChanges.Given(run.Statement.Approved!)) is { } excess)
        {
            RefuseInBatch(excess, run);
            return;
        }

        if (RefusesNow(run))
        {
            return;
        }

        replica.SendExecute(execute);
        ApprovedStatement? runs = run.IsInner ? null : run.Statement.Approved;
        Stage(new PendingReply(ReplyKind.Execute)
        {
            Run = run, Changes = runs is null ? null : NameChanges.Of(runs, run.Statement, queue.Batch), Runs = runs is null ? null : Effects(runs),
        });
    }

    // A portal's own query was planned when it was bound; but the policy may have changed since, the functions that it calls find their names only now, and so does EXECUTE.
    private bool RefusesNow(StatementRun run)
    {
        if (gate.StillAllows(run.Statement, queue.Meaning))
        {
            return false;
        }

        GatedStatement now = gate.Renew(run.Statement, queue.Meaning);
        if (now == run.Statement || now.Approved?.Text == run.Statement.Approved!.Text)
        {
            return false;
        }

        Recorded = now.Recorded;
        RefuseInBatch(now.Approved is null ? Denial(now) : GatewayError.PolicyChanged(), run);
        return true;
    }

    private static ApprovedStatement? Effects(ApprovedStatement approved) => approved.ChangesMeaning ? approved : null;

    private void TakeDescribe(DescribeMessage describe)
    {
        string name = WireText.Decode(describe.Name);
        bool ofStatement = describe.Kind == DescribeMessage.Statement;
        if (ofStatement ? refused.Is(name) : refused.IsPortal(name))
        {
            return;
        }

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
        if (!RefusesName(close.Name, close.Name))
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
        RefuseQuery(statement);
    }

    private void RefuseQuery(GatedStatement statement)
    {
        Recorded = statement.Recorded;
        replica.SendQuery(FixedStatement.Refused);
        Stage(new PendingReply(ReplyKind.Query) { Run = new StatementRun(statement, 0), Refusal = Denial(statement) });
    }

    // What is refused for its form is on record as well.
    private GatedStatement RefuseUnread(string text, Verdict verdict)
    {
        GatedStatement statement = gate.Refuse(connection, "extended", text, verdict);
        Recorded = statement.Recorded;
        RefuseInBatch(Denial(statement), new StatementRun(statement, 0));
        return statement;
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

    private bool RefusesName(ReadOnlySpan<byte> name, ReadOnlySpan<byte> of)
    {
        if (name.Length > LongestName)
        {
            RefuseUnread(WireText.DecodeLoosely(of), GatewayError.NameTooLong);
            return true;
        }

        return false;
    }

    private bool RefusesMore(int statements = 0, int portals = 0)
    {
        if (Excess((statements, portals)) is { } excess)
        {
            RefuseInBatch(excess);
            return true;
        }

        return false;
    }

    private ErrorMessage? Excess((int Statements, int Portals) more)
    {
        if (budget.Refuse(more.Statements, more.Portals) is null)
        {
            return null;
        }

        // Portals that ended with their transaction are still counted.
        queue.RecomputeNames();
        return budget.Refuse(more.Statements, more.Portals);
    }

    // Fails at this place in the pipeline, under a name of its own, so that no statement of the client's is replaced.
    private void RefuseInBatch(ErrorMessage refusal, StatementRun? run = null)
    {
        replica.SendParse(RefusedName, FixedStatement.Refused);
        Stage(new PendingReply(ReplyKind.Parse) { Run = run, Refusal = refusal });
    }

    private static uint[] Numbers(ReadOnlySpan<byte> types)
    {
        var numbers = new uint[types.Length / 4];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadUInt32BigEndian(types[(i * 4)..]);
        }

        return numbers;
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
