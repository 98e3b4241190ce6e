namespace SafeConsole.Clients.Tests;

/// <summary>
/// How a client is started inside the runner. One with a <see cref="Prompt"/> is interactive: <see cref="Line"/> is typed when the prompt
/// shows. <c>{scripts}</c> in a command or a line stands for the folder of Scripts/ as the runner sees it.
/// </summary>
public sealed record ClientStart(string Name, string[] Command, string? Prompt = null, string? Line = null)
{
    /// <summary>Every client; the names are options of the target.</summary>
    public static IReadOnlyList<ClientStart> All { get; } =
    [
        new("psql", ["psql", "--no-psqlrc", "--pset=pager=off"], "recipes=>", @"\i {scripts}/psql/reads.sql"),
        new("psql-commands", ["psql", "--no-psqlrc", "--pset=pager=off"], "recipes=>", @"\i {scripts}/psql/commands.sql"),
        new("psycopg2", ["python3", "{scripts}/psycopg2/reads.py"]),
        new("psycopg", ["python3", "{scripts}/psycopg/reads.py"]),
        new("sqlalchemy", ["python3", "{scripts}/sqlalchemy/reads.py"]),
        new("django", ["python3", "{scripts}/django/manage.py", "shell"], ">>> ", "exec(open('{scripts}/django/reads.py').read())"),
        new("node", ["node", "{scripts}/node/reads.js"]),
        new("jdbc", ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "/usr/share/java/postgresql.jar", "{scripts}/jdbc/Reads.java"]),
        new("npgsql", ["dotnet", "{scripts}/dotnet/SafeConsole.Clients.DotNet.dll", "npgsql"]),
        new("entity-framework", ["dotnet", "{scripts}/dotnet/SafeConsole.Clients.DotNet.dll", "entity-framework"]),
        Rails("rails", "rails console"),
        Rails("rails-unprepared", "PREPARED_STATEMENTS=false exec rails console"),
        Rails("rails-sandbox", "rails console --sandbox"),
    ];

    private static ClientStart Rails(string name, string line) =>
        new(name, ["sh", "-c", "cd {scripts}/rails && " + line], "(main)", "load '{scripts}/rails/reads.rb'");
}
