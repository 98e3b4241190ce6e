using System.Collections.Frozen;
using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>
/// What of a client's start-up parameters counts: identity must be the policy's, a few settings that only change how results look are taken
/// over, everything else is left out and said so by a notice.
/// </summary>
internal sealed class StartupSettings
{
    private const int LongestValue = 256;

    private static readonly FrozenSet<string> Harmless = FrozenSet.ToFrozenSet(
        ["application_name", "datestyle", "timezone", "intervalstyle", "extra_float_digits", "bytea_output"], StringComparer.OrdinalIgnoreCase);

    private readonly List<KeyValuePair<string, string>> accepted = [];
    private readonly List<string> notices = [];
    private readonly List<string> unknownOptions = [];

    private StartupSettings()
    {
    }

    /// <summary>Settings for the replica's start-up packet; their names are of the fixed list.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Accepted => accepted;

    /// <summary>What the client is to be told.</summary>
    public IReadOnlyList<string> Notices => notices;

    /// <summary>`_pq_.` options, none of which is known.</summary>
    public IReadOnlyList<string> UnknownOptions => unknownOptions;

    /// <summary>Sorts the parameters. <paramref name="judge"/> judges a SET of the same name and value. Throws <see cref="StartupRefusedException"/>.</summary>
    public static StartupSettings Of(IEnumerable<KeyValuePair<string, string>> parameters, TargetPolicy policy, StatementJudge judge)
    {
        var settings = new StartupSettings();
        foreach ((string name, string value) in parameters)
        {
            settings.Take(name, value, policy, judge);
        }

        return settings;
    }

    private void Take(string name, string value, TargetPolicy policy, StatementJudge judge)
    {
        switch (name)
        {
            case "user":
                Equal("28000", "user", value, policy.Database.Role);
                break;
            case "database":
                Equal("3D000", "database", value, policy.Database.Name);
                break;
            case "replication":
                throw new StartupRefusedException("42501", "Replication connections are not possible.");
            case "client_encoding" when IsUtf8(value):
                break;
            case var option when option.StartsWith("_pq_.", StringComparison.Ordinal):
                unknownOptions.Add(option);
                break;
            case var setting when Harmless.Contains(setting) && value.Length <= LongestValue && Approves(setting, value, policy, judge):
                accepted.Add(new KeyValuePair<string, string>(setting, value));
                break;
            default:
                notices.Add($"the start-up parameter {name} was left out; use SET where you need it");
                break;
        }
    }

    private static void Equal(string sqlState, string what, string value, string expected)
    {
        if (value != expected)
        {
            throw new StartupRefusedException(sqlState, $"This console is for the {what} \"{expected}\" alone.");
        }
    }

    private static bool IsUtf8(string encoding) =>
        encoding.Trim('\'').Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() is "UTF8" or "UNICODE";

    private static bool Approves(string name, string value, TargetPolicy policy, StatementJudge judge) =>
        judge.Judge(policy, $"SET {name} TO '{value.Replace("'", "''", StringComparison.Ordinal)}'", "simple").Approved is not null;
}
