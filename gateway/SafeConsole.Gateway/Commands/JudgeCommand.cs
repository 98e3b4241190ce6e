using System.Text;
using SafeConsole.Gateway.PolicyAdmin;
using SafeConsole.Policies;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Gateway.Commands;

/// <summary>`statements judge`: says which statements a target's policy lets pass, by the very code that judges them in a session.</summary>
internal static class JudgeCommand
{
    private const string Help = """
        SafeConsole.Gateway statements judge --target NAME [--policies FOLDER] [--catalog CONNECTION] < statements.jsonl

        Reads one JSON object a line: `sql` is a text, or a list of texts that one session sends in order; `id` names the line (its number, where there is none).
        Other fields are ignored. Writes one JSON object for each: `id`, `verdict` (approved, flagged or denied), `rule`, `reason`, and `position`, which counts
        characters from 1 and is null where the whole text is meant. For a list it is the verdict of the first text that is denied, else of the first that is
        flagged, and `text` counts from 0 which one that was.

        --target NAME           whose policy judges
        --policies FOLDER       the policy files; SafeConsole__Policies__Folder or ./policies without it
        --catalog CONNECTION    a database like the target's, as Host=…;Database=…;Username=… or postgres://user@host/database; PGPASSWORD may hold the password.
                                Names are then resolved as for the policy's role there. Without it they are judged as such: functions of the
                                application are refused, and views pass unread.

        Exit codes: 0 every line was judged, whatever the verdicts; 1 nothing was judged; 2 some lines could not be judged, and standard error says which.

        """;

    /// <summary>Judges every line of the input. Throws <see cref="CommandRefusedException"/> before the first.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Stream input, Stream output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (arguments.Any(argument => argument is "--help" or "-h"))
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes(Help), cancellationToken);
            return CommandLine.Done;
        }

        var options = JudgeOptions.Parse(arguments);
        var policy = await PolicyAsync(options, cancellationToken);
        var catalog = options.Catalog is { } connection ? await CatalogSource.ReadAsync(connection, policy.Database.Role, cancellationToken) : null;
        return await new StatementLines(Judge(), policy, catalog).JudgeAsync(input, output, errors, cancellationToken);
    }

    private static StatementJudge Judge()
    {
        try
        {
            return new StatementJudge();
        }
        catch (ParserMissingException missing)
        {
            throw new CommandRefusedException(missing.Message);
        }
    }

    private static async Task<TargetPolicy> PolicyAsync(JudgeOptions options, CancellationToken cancellationToken)
    {
        var folder = options.Policies ?? PolicySetup.Folder(new ConfigurationBuilder().AddEnvironmentVariables("SafeConsole__").Build());
        try
        {
            using var store = await PolicyStore.OpenAsync(folder, cancellationToken: cancellationToken);
            var targets = store.Current.Targets;
            return targets.GetValueOrDefault(options.Target)
                ?? throw new CommandRefusedException($"There is no target {options.Target} in {store.Folder}; there are {string.Join(", ", targets.Keys)}.");
        }
        catch (PolicyInvalidException invalid)
        {
            throw new CommandRefusedException(string.Join('\n', invalid.Problems));
        }
    }
}
