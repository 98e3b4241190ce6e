using System.Text.RegularExpressions;
using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>
/// What of a client's start-up parameters counts: identity must be the policy's; settings, also those within `options`, are judged as a SET would be and taken over, lowered
/// to the policy's limit where they ask for more; everything else is left out and said so by a notice. Nothing is passed on as the client wrote it.
/// </summary>
internal sealed partial class StartupSettings
{
    private const int LongestValue = 256;

    // The gateway's own values for these stand in its start-up packet already.
    private static readonly string[] Pinned = ["client_encoding", "standard_conforming_strings", "default_transaction_read_only", "transaction_read_only"];

    private readonly TargetPolicy policy;
    private readonly StatementJudge judge;
    private readonly Dictionary<string, string> accepted = new(StringComparer.Ordinal);
    private readonly List<string> notices = [];
    private readonly List<string> unknownOptions = [];

    private StartupSettings(TargetPolicy policy, StatementJudge judge)
    {
        this.policy = policy;
        this.judge = judge;
    }

    /// <summary>Settings for the replica's start-up packet, each name once; a time limit among them is not above the policy's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Accepted => [.. accepted];

    /// <summary>What the client is to be told.</summary>
    public IReadOnlyList<string> Notices => notices;

    /// <summary>`_pq_.` options, none of which is known.</summary>
    public IReadOnlyList<string> UnknownOptions => unknownOptions;

    /// <summary>Sorts the parameters. <paramref name="judge"/> judges a SET of the same name and value. Throws <see cref="StartupRefusedException"/>.</summary>
    public static StartupSettings Of(IReadOnlyList<KeyValuePair<string, string>> parameters, TargetPolicy policy, StatementJudge judge)
    {
        var settings = new StartupSettings(policy, judge);

        // As in PostgreSQL, a parameter of its own comes after `options` and so wins, wherever it stands in the packet.
        foreach (KeyValuePair<string, string> options in parameters.Where(parameter => parameter.Key == "options"))
        {
            settings.TakeOptions(options.Value);
        }

        foreach ((string name, string value) in parameters)
        {
            settings.Take(name, value);
        }

        return settings;
    }

    private void TakeOptions(string options)
    {
        foreach (StartupOption option in StartupOptions.Read(options))
        {
            if (option.Name is { } name)
            {
                TakeSetting(name, option.Value);
            }
            else
            {
                Say($"the start-up option {option.Written} was left out");
            }
        }
    }

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "options":
                break;
            case "user":
                Equal("28000", "user", value, policy.Database.Role);
                break;
            case "database":
                Equal("3D000", "database", value, policy.Database.Name);
                break;
            case "replication":
                throw new StartupRefusedException("42501", "Replication connections are not possible.");
            case var option when option.StartsWith("_pq_.", StringComparison.Ordinal):
                unknownOptions.Add(option);
                break;
            default:
                TakeSetting(name, value);
                break;
        }
    }

    private void TakeSetting(string written, string value)
    {
        string name = written.ToLowerInvariant();
        if (!SettingName().IsMatch(name) || value.Length > LongestValue)
        {
            Say($"the start-up parameter {written} was left out");
            return;
        }

        if (name == "client_encoding")
        {
            value = value.Trim('\''); // asyncpg quotes it
        }

        string set = $"SET {name} TO '{Quoted(value)}'";
        Judgement judgement = judge.Judge(policy, name == "search_path" ? $"SELECT pg_catalog.set_config('search_path', '{Quoted(value)}', false)" : set, "simple");
        if (judgement.Approved is not { } approved)
        {
            Say($"the start-up parameter {name} was left out: {judgement.Verdict.Reason}");
            return;
        }

        foreach (string notice in approved.Notices)
        {
            Say(notice);
        }

        if (!Pinned.Contains(name))
        {
            accepted[name] = approved.Text == set || name == "search_path" ? value : Lowered(approved.Text, name);
        }
    }

    /// <summary>The policy's own limit, out of the SET that the judge makes of one that asks for more.</summary>
    private static string Lowered(string set, string name)
    {
        string head = $"SET {name} TO '";
        return set.StartsWith(head, StringComparison.Ordinal) && set.EndsWith('\'')
            ? set[head.Length..^1]
            : throw new InvalidOperationException($"The judge made another statement of a SET of {name}.");
    }

    private static string Quoted(string value) => value.Replace("'", "''", StringComparison.Ordinal);

    private static void Equal(string sqlState, string what, string value, string expected)
    {
        if (value != expected)
        {
            throw new StartupRefusedException(sqlState, $"This console is for the {what} \"{expected}\" alone.");
        }
    }

    private void Say(string notice)
    {
        if (!notices.Contains(notice))
        {
            notices.Add(notice);
        }
    }

    [GeneratedRegex(@"^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SettingName();
}
