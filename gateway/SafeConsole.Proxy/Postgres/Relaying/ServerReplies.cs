using SafeConsole.Proxy.Postgres.Errors;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// Turns the server's stream into the client's: rows pass by their headers alone, everything else is read, matched with the message
/// that it answers, and passed on, replaced or dropped. No input or output happens here.
/// </summary>
internal sealed class ServerReplies(ReplyQueue queue, MessageWriter output, IReplyEvents events, TimeProvider time)
{
    // Larger than any error that quotes a value.
    private const int MaximumWhole = 16 * 1024 * 1024;

    // An error or a notice beyond this is passed on without what it quotes.
    private const int LongestReport = 2 * ErrorMessage.LongestMessage;

    private int streaming;
    private bool dropping;
    private bool noticesGiven;
    private int part;
    private ErrorMessage? queryError;
    private ReplyKind? silentUntil;

    /// <summary>True while a cancel is under way: ReadyForQuery waits for it, so that it cannot hit the next statement.</summary>
    public bool HoldReady { get; set; }

    /// <summary>ReadyForQuery is next, and held.</summary>
    public bool Held { get; private set; }

    /// <summary>The output ends between two messages, so one of the gateway's own could follow.</summary>
    public bool AtBoundary => streaming == 0;

    /// <summary>The error with which the server announced that it closes.</summary>
    public ErrorMessage? Fatal { get; private set; }

    /// <summary>Processes as many bytes as it can and returns how many. What is left over is the beginning of a message.</summary>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        int used = 0;
        while (used < bytes.Length)
        {
            ReadOnlySpan<byte> rest = bytes[used..];
            if (streaming > 0)
            {
                used += Stream(rest);
                continue;
            }

            if (!Frame.TryReadHeader(rest, out byte type, out int bodyLength))
            {
                break;
            }

            if (IsStreamed(type))
            {
                StartStreaming(type, bodyLength);
                continue;
            }

            Held = type == BackendType.ReadyForQuery && HoldReady;
            if (Held || !Frame.TryRead(rest, MaximumWhole, out Frame frame))
            {
                break;
            }

            TakeWhole(frame, rest[..frame.Length]);
            used += frame.Length;
        }

        return used;
    }

    private static bool IsStreamed(byte type) => type is BackendType.DataRow or BackendType.CopyData
        or BackendType.RowDescription or BackendType.ParameterDescription or BackendType.CopyOut;

    private int Stream(ReadOnlySpan<byte> rest)
    {
        int taken = Math.Min(streaming, rest.Length);
        if (!dropping)
        {
            output.WriteBytes(rest[..taken]);
        }

        streaming -= taken;
        return taken;
    }

    private void StartStreaming(byte type, int bodyLength)
    {
        PendingReply head = Head(type);
        GiveNotices(head);
        int length = Frame.HeaderLength + bodyLength;
        dropping = silentUntil is not null || head.Run is { Limited: true };
        if (type is BackendType.DataRow or BackendType.CopyData && !dropping && !head.Run!.Admit(length))
        {
            dropping = true;
            events.LimitReached();
        }

        streaming = length;
        if (type == BackendType.RowDescription && head.Kind is (ReplyKind.DescribeStatement or ReplyKind.DescribePortal))
        {
            Done();
        }
    }

    private void TakeWhole(Frame frame, ReadOnlySpan<byte> whole)
    {
        switch (frame.Type)
        {
            case BackendType.ParameterStatus:
                events.SettingChanged(ParameterStatusMessage.Read(frame.Body));
                output.WriteBytes(whole);
                break;
            case BackendType.Notice:
                PassReport(ErrorMessage.Read(frame.Body), frame.Type, whole);
                break;
            case BackendType.Error:
                TakeError(ErrorMessage.Read(frame.Body), whole);
                break;
            case BackendType.ReadyForQuery:
                TakeReady(ReadyForQueryMessage.Read(frame.Body), whole);
                break;
            case BackendType.CommandComplete or BackendType.EmptyQuery or BackendType.PortalSuspended:
                TakeCompletion(frame.Type, whole);
                break;
            case BackendType.CopyDone:
                PendingReply copying = Head(frame.Type);
                if (copying.Run is { Limited: false })
                {
                    Pass(whole);
                }

                break;
            default:
                PendingReply head = Head(frame.Type);
                GiveNotices(head);
                Pass(whole);
                Done();
                break;
        }
    }

    private void TakeCompletion(byte type, ReadOnlySpan<byte> whole)
    {
        PendingReply head = Head(type);
        StatementRun run = head.Run!;
        GiveNotices(head);
        ErrorMessage? limit = run.Limited ? GatewayError.Limited(run.Statement.Policy!.Limits, run.Rows) : null;
        if (limit is null)
        {
            Pass(whole);
        }
        else
        {
            Fail(limit, head.Kind == ReplyKind.Query ? ReplyKind.Query : ReplyKind.Sync);
        }

        if (head.Kind == ReplyKind.Query)
        {
            queue.Confirm(head, part);
            part++;
            return;
        }

        long elapsed = Done();
        if (type != BackendType.PortalSuspended || limit is not null)
        {
            End(run, elapsed, limit);
        }
    }

    private void TakeError(ErrorMessage error, ReadOnlySpan<byte> whole)
    {
        if (error.Severity is "FATAL" or "PANIC")
        {
            Fatal = error;
            WriteReport(error, BackendType.Error, whole);
            return;
        }

        PendingReply head = Head(BackendType.Error);
        GiveNotices(head);
        ErrorMessage? own = head.Refusal ?? (head.Run is { Limited: true } run ? GatewayError.Limited(run.Statement.Policy!.Limits, run.Rows) : null);
        if (own is null)
        {
            PassReport(error, BackendType.Error, whole);
        }
        else if (silentUntil is null)
        {
            own.WriteError(output);
        }

        if (head.Kind == ReplyKind.Query)
        {
            queryError ??= own ?? error;
            queue.Undo();
        }
        else if (head.Kind == ReplyKind.Sync)
        {
            // The transaction of the batch could not be committed.
            queue.Undo();
        }
        else
        {
            SkipToSync(own ?? error);
        }
    }

    private void TakeReady(byte status, ReadOnlySpan<byte> whole)
    {
        PendingReply head = Head(BackendType.ReadyForQuery);
        if (silentUntil == head.Kind)
        {
            silentUntil = null;
        }

        Pass(whole);
        long elapsed = Done();
        if (head is { Kind: ReplyKind.Query, Run: { } run })
        {
            End(run, elapsed, queryError);
        }

        if (queryError is not null)
        {
            queue.RecomputeNames();
        }

        (queryError, part) = (null, 0);
        queue.Ready(status == ReadyForQueryMessage.Idle);
        events.ServerReady();
    }

    private void SkipToSync(ErrorMessage error)
    {
        long now = time.GetTimestamp();
        List<PendingReply> skipped = queue.SkipToSync();
        for (int i = 0; i < skipped.Count; i++)
        {
            if (skipped[i].Run is { } run && (i == 0 || skipped[i].Kind is ReplyKind.Query or ReplyKind.Execute))
            {
                End(run, now - skipped[i].Sent, i == 0 ? error : GatewayError.NotRun());
            }
        }

        noticesGiven = false;
    }

    /// <summary>Gives the gateway's own error where the server did not fail, and keeps silent about the rest up to where the client takes up again.</summary>
    private void Fail(ErrorMessage error, ReplyKind until)
    {
        if (silentUntil is null)
        {
            error.WriteError(output);
            silentUntil = until;
        }

        if (until == ReplyKind.Query)
        {
            queryError ??= error;
        }
    }

    private void End(StatementRun run, long elapsed, ErrorMessage? error)
    {
        if (!run.Completed)
        {
            run.Completed = true;
            events.RunEnded(run, elapsed, error);
        }
    }

    private long Done()
    {
        noticesGiven = false;
        return queue.Complete(time.GetTimestamp());
    }

    private void Pass(ReadOnlySpan<byte> whole)
    {
        if (silentUntil is null)
        {
            output.WriteBytes(whole);
        }
    }

    private void PassReport(ErrorMessage report, byte type, ReadOnlySpan<byte> whole)
    {
        if (silentUntil is null)
        {
            WriteReport(report, type, whole);
        }
    }

    private void WriteReport(ErrorMessage report, byte type, ReadOnlySpan<byte> whole)
    {
        if (whole.Length <= LongestReport)
        {
            output.WriteBytes(whole);
        }
        else if (type == BackendType.Error)
        {
            GatewayError.Shortened(report, whole.Length).WriteError(output);
        }
        else
        {
            GatewayError.Shortened(report, whole.Length).WriteNotice(output);
        }
    }

    private void GiveNotices(PendingReply head)
    {
        if (noticesGiven || silentUntil is not null || head.Run?.Statement.Approved is not { Notices.Length: > 0 } approved || head.Kind is not (ReplyKind.Query or ReplyKind.Parse))
        {
            return;
        }

        noticesGiven = true;
        foreach (string notice in approved.Notices)
        {
            new ErrorMessage("NOTICE", "00000", $"SafeConsole: {notice}").WriteNotice(output);
        }
    }

    private PendingReply Head(byte type)
    {
        if (!queue.TryPeek(out PendingReply head) || !Answers.Fits(head.Kind, type) || (head.Refusal is not null && type is not (BackendType.Error or BackendType.ReadyForQuery)))
        {
            throw new ProtocolFaultException($"The replica sent a message 0x{type:x2} that answers nothing.");
        }

        return head;
    }
}
