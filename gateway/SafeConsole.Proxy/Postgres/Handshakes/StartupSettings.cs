using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Replicas;

namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>
/// What of a client's start-up parameters counts: identity must be the policy's; settings, in `options` too, are taken over where set_config() of
/// the same name and value would pass; everything else is left out and said so by a notice.
/// </summary>
internal sealed class StartupSettings
{
    private const int LongestValue = 256;

    private readonly List<KeyValuePair<string, string>> accepted = [];
    private readonly List<string> notices = [];
    private readonly List<string> unknownOptions = [];

    private StartupSettings()
    {
    }

    /// <summary>Settings for the replica's start-up packet: each judged, none pinned, no name twice.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Accepted => accepted;

    /// <summary>What the client is to be told.</summary>
    public IReadOnlyList<string> Notices => notices;

    /// <summary>`_pq_.` options, none of which is known.</summary>
    public IReadOnlyList<string> UnknownOptions => unknownOptions;

    /// <summary>Sorts the parameters. <paramref name="judge"/> judges a SET of the same name and value. Throws <see cref="StartupRefusedException"/>.</summary>
    public static StartupSettings Of(IEnumerable<KeyValuePair<string, string>> parameters, TargetPolicy policy, Func<TargetPolicy, string, string, Judgement> judge)
    {
        var settings = new StartupSettings();
        foreach ((string name, string value) in parameters)
        {
            settings.Take(name, value, policy, judge);
        }

        return settings;
    }

    private void Take(string name, string value, TargetPolicy policy, Func<TargetPolicy, string, string, Judgement> judge)
    {
        Judgement? Judge(string setting, string text) => text.Length <= LongestValue ? judge(policy, SetConfig(setting, text), "simple") : null;
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
            case "options":
                foreach ((string option, string text) in StartupOptions.Read(value))
                {
                    TakeSetting(option, text, Judge(option, text));
                }

                break;
            default:
                TakeSetting(name, value, Judge(name, value));
                break;
        }
    }

    private void TakeSetting(string name, string value, Judgement? judgement)
    {
        if (judgement?.Approved is null)
        {
            string why = judgement?.Verdict.Reason ?? "The value is too long.";
            notices.Add($"the start-up parameter {name} was left out. {why}");
        }
        else if (!ReplicaStartup.PinnedNames.Contains(name))
        {
            accepted.RemoveAll(setting => setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            accepted.Add(new KeyValuePair<string, string>(name, value));
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

    private static string SetConfig(string name, string value) => $"SELECT pg_catalog.set_config({Literal(name)}, {Literal(value)}, false)";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
