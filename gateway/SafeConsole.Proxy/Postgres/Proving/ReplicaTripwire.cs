using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Proving;

/// <summary>The settings that a server reports by itself and whose change means that it is no safe replica any more, or that it reads text differently.</summary>
internal static class ReplicaTripwire
{
    /// <summary>Why a session ends whose replica became a primary.</summary>
    public const string Promoted = "The replica was promoted: it is no hot standby any more.";

    /// <summary>A sentence when the reported value must cut the session off; null for every other.</summary>
    public static string? Check(ParameterStatusMessage status, ProofPolicy proof) => status switch
    {
        { Name: "in_hot_standby", Value: not "on" } when proof.StandbyRequired => Promoted,
        { Name: "default_transaction_read_only", Value: not "on" } => "The replica's session stopped being read-only.",
        { Name: "standard_conforming_strings", Value: not "on" } => "The replica began to read string literals in another way.",
        { Name: "client_encoding", Value: not "UTF8" } => "The replica began to read text in another encoding.",
        _ => null,
    };
}
