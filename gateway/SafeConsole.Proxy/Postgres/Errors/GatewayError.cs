using System.Globalization;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Errors;

/// <summary>The errors that the gateway itself gives to a client, worded for the person who reads them in a REPL.</summary>
internal static class GatewayError
{
    /// <summary>A denial: the rule, why, where, and what to do instead. A syntax error stays what PostgreSQL would have said.</summary>
    public static ErrorMessage Denied(Verdict verdict)
    {
        string message = verdict.SqlState == "42601" ? verdict.Reason : $"SafeConsole denied this statement: {verdict.Reason} (rule {verdict.Rule})";
        return new ErrorMessage("ERROR", verdict.SqlState, message) { Hint = verdict.Hint, Position = verdict.Position };
    }

    /// <summary>A prepared statement that the policy of now would send in another form than the one that was prepared.</summary>
    public static ErrorMessage PolicyChanged() => new("ERROR", "0A000", "the policy changed since this statement was prepared; prepare it again");

    /// <summary>A limit on results: what came so far was passed on.</summary>
    public static ErrorMessage Limited(LimitPolicy limits, long rows) => new(
        "ERROR", "54000",
        string.Create(CultureInfo.InvariantCulture, $"SafeConsole stopped this statement after {rows} rows: the policy allows {limits.RowsPerStatement} rows and {limits.BytesPerStatement} bytes per statement"))
    {
        Hint = "Ask for fewer rows: add LIMIT, a narrower WHERE, or aggregate in the database.",
    };

    /// <summary>Bind or Describe of a statement that was not prepared on this connection.</summary>
    public static ErrorMessage NoStatement(string name) => new("ERROR", "26000", $"prepared statement \"{name}\" does not exist");

    /// <summary>Execute or Describe of a portal that was not bound.</summary>
    public static ErrorMessage NoPortal(string name) => new("ERROR", "34000", $"portal \"{name}\" does not exist");

    /// <summary>A verdict on a message whose name PostgreSQL would cut to 63 bytes, so that it would mean another statement.</summary>
    public static Verdict NameTooLong { get; } = new(
        VerdictOutcome.Denied, "name.length", "names of more than 63 bytes for prepared statements and portals are cut by the server", "Use a shorter name.", "42622", null);

    /// <summary>A session may hold so many of something and no more.</summary>
    public static ErrorMessage TooMany(string what, int limit, string hint) => new("ERROR", "54000", $"the policy allows {limit} {what} per session") { Hint = hint };

    /// <summary>A verdict on text that is not in the encoding of the connection.</summary>
    public static Verdict NotUtf8 { get; } = new(
        VerdictOutcome.Denied, "text.encoding", "invalid byte sequence for encoding \"UTF8\"", "Send the text as UTF-8.", "22021", null);

    /// <summary>Only for the record: the server ignores what stands behind an error in a pipeline.</summary>
    public static ErrorMessage NotRun() => new("ERROR", "25P02", "not run: an earlier message of the same pipeline failed");

    /// <summary>Only for the record: the connection ended before the statement did.</summary>
    public static ErrorMessage Abandoned(string sentence) => new("ERROR", "08006", $"not answered: {sentence}");

    /// <summary>A server's error or notice that quotes more than is passed on; the length is that of the whole, in bytes.</summary>
    public static ErrorMessage Shortened(ErrorMessage report, int length) => report with
    {
        Hint = string.Create(CultureInfo.InvariantCulture, $"SafeConsole shortened this message of {length} bytes."),
    };

    /// <summary>Ends the connection.</summary>
    public static ErrorMessage Fatal(string sqlState, string sentence) => new("FATAL", sqlState, $"SafeConsole: {sentence}");
}
