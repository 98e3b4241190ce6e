using System.Globalization;
using SafeConsole.Runners;

namespace SafeConsole.Gateway.Console;

/// <summary>Composes the order to start a session's REPL: the policy's command line, and an environment that holds no secret.</summary>
public static class ReplStart
{
    /// <summary>The order for a session. Policy settings win over the gateway's.</summary>
    public static RunnerStart For(ConsoleSession session)
    {
        var database = session.Target.Database;
        var port = RunnerDatabase.Postgres.Port.ToString(CultureInfo.InvariantCulture);
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = "/home/runner",
            ["USER"] = "runner",
            ["LOGNAME"] = "runner",
            ["TERM"] = "xterm-256color",
            ["COLORTERM"] = "truecolor",
            ["LANG"] = "C.UTF-8",
            ["SAFECONSOLE_SESSION"] = session.Id,
            ["SAFECONSOLE_TARGET"] = session.Target.Name,
            ["PGHOST"] = "127.0.0.1",
            ["PGPORT"] = port,
            ["PGDATABASE"] = database.Name,
            ["PGUSER"] = database.Role,
            ["PGAPPNAME"] = "safeconsole",
            ["PGSSLMODE"] = "disable",
            ["PSQL_HISTORY"] = "/home/runner/.psql_history",
            ["DATABASE_URL"] = $"postgresql://{Uri.EscapeDataString(database.Role)}@127.0.0.1:{port}/{Uri.EscapeDataString(database.Name)}",
        };
        foreach (var (name, value) in session.Target.Repl.Environment)
            environment[name] = value;
        var (columns, rows) = session.Size;
        return new RunnerStart(session.Id, session.Option.Command, environment, columns, rows, session.Key.Secret, RunnerDatabase.Postgres)
        {
            Report = session.Runner is { Runner.NeedsReports: true },
        };
    }
}
