using System.Text;

namespace SafeConsole.Gateway.Commands;

/// <summary>The commands that the program runs instead of serving. They start no web host and need no gateway database, link socket or sign-in.</summary>
public static class CommandLine
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>Nothing was done: the arguments, the policies or the catalog were not usable.</summary>
    public const int Refused = 1;

    private const string Help = """
        SafeConsole.Gateway                     serves, as appsettings.json, SafeConsole__… and --Key=value say
        SafeConsole.Gateway statements judge    says which statements a target's policy lets pass; --help explains

        """;

    /// <summary>Runs the command that the arguments name and gives its exit code; null where they name none and the gateway is to serve.</summary>
    public static async Task<int?> RunAsync(string[] arguments, CancellationToken cancellationToken = default)
    {
        await using var errors = new StreamWriter(System.Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        await using var output = System.Console.OpenStandardOutput();
        try
        {
            switch (arguments)
            {
                case ["help" or "--help" or "-h", ..]:
                    await output.WriteAsync(Encoding.UTF8.GetBytes(Help), cancellationToken);
                    return Done;
                case ["statements", "judge", .. var rest]:
                    await using (var input = System.Console.OpenStandardInput())
                        return await JudgeCommand.RunAsync(rest, input, output, errors, cancellationToken);
                case ["statements", ..]:
                    throw new CommandRefusedException("After `statements` comes `judge`; `SafeConsole.Gateway statements judge --help` explains it.");
                default:
                    return null;
            }
        }
        catch (CommandRefusedException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return Refused;
        }
    }
}
