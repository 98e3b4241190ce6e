using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Postgres.Replicas;
using SafeConsole.Proxy.Tests.Support;

namespace SafeConsole.Proxy.Tests.Fuzzing;

/// <summary>A scripted server that answers every message as PostgreSQL would, errors and the skipping to Sync included, and keeps what SQL reached it.</summary>
internal sealed class ObedientReplica
{
    private readonly ConditionalWeakTable<MessageWriter, StrongBox<bool>> skipping = [];

    public ObedientReplica() => Server = new FakeServer((type, sql, writer, _, _) => Task.FromResult(Answer(type, sql, writer)));

    public FakeServer Server { get; }

    /// <summary>The texts of Query and Parse messages that arrived, but for the one that stands for a refusal.</summary>
    public ConcurrentQueue<string> Arrived { get; } = new();

    private bool Answer(byte type, string sql, MessageWriter writer)
    {
        StrongBox<bool> skips = skipping.GetOrCreateValue(writer);
        if (type is FrontendType.Query or FrontendType.Parse && sql != FixedStatement.Refused.Text)
        {
            Arrived.Enqueue(sql);
        }

        if (type == FrontendType.Sync)
        {
            skips.Value = false;
            ReadyForQueryMessage.Write(writer, ReadyForQueryMessage.Idle);
        }
        else if (!skips.Value)
        {
            skips.Value = AnswerOne(type, sql, writer);
        }

        return type != FrontendType.Terminate;
    }

    // True when what follows is to be skipped.
    private static bool AnswerOne(byte type, string sql, MessageWriter writer)
    {
        bool refused = sql == FixedStatement.Refused.Text;
        switch (type)
        {
            case FrontendType.Query or FrontendType.Parse when refused:
                new ErrorMessage("ERROR", "42601", "syntax error at or near \"refused\"").WriteError(writer);
                break;
            case FrontendType.Query:
                writer.Begin(BackendType.RowDescription).WriteInt16(0).End();
                FakeServer.Row(writer, Echo(sql));
                break;
            case FrontendType.Parse:
                EmptyMessage.Write(writer, BackendType.ParseComplete);
                break;
            case FrontendType.Bind:
                EmptyMessage.Write(writer, BackendType.BindComplete);
                break;
            case FrontendType.Close:
                EmptyMessage.Write(writer, BackendType.CloseComplete);
                break;
            case FrontendType.Describe:
                Describe(writer, sql == "S");
                break;
            case FrontendType.Execute:
                FakeServer.Row(writer, "row");
                writer.Begin(BackendType.CommandComplete).WriteText("SELECT 1").End();
                break;
        }

        if (type == FrontendType.Query)
        {
            EndQuery(writer, refused);
        }

        return refused && type == FrontendType.Parse;
    }

    private static void EndQuery(MessageWriter writer, bool refused)
    {
        if (refused)
        {
            ReadyForQueryMessage.Write(writer, ReadyForQueryMessage.Idle);
        }
        else
        {
            FakeServer.Complete(writer, "SELECT 1");
        }
    }

    private static void Describe(MessageWriter writer, bool ofStatement)
    {
        if (ofStatement)
        {
            writer.Begin(BackendType.ParameterDescription).WriteInt16(0).End();
        }

        EmptyMessage.Write(writer, BackendType.NoData);
    }

    private static string Echo(string sql) => new([.. sql.Take(40).Select(character => char.IsAscii(character) ? character : '?')]);
}
