namespace SafeConsole.Policies.Tests.Loading;

/// <summary>What is said of a mistake, and where.</summary>
public sealed class PolicyProblemTests : IDisposable
{
    private readonly PolicyFolderFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("title: Recipes", "titel: Recipes", "targets/recipes.yaml:1:1: unknown key `titel`; did you mean `title`?")]
    [InlineData("title: Recipes", "title: Recipes", null)]
    [InlineData("title: Recipes", "title:", "targets/recipes.yaml:1:7: `title` must be a text; here it is empty.")]
    [InlineData("title: Recipes", "title: [a]", "targets/recipes.yaml:1:8: `title` must be a text; here it is a list.")]
    [InlineData("access:\n", "zebra: 1\naccess:\n", "targets/recipes.yaml:18:1: unknown key `zebra`; known here are title, application, environment, owner, description, repl, database, access, limits, refusal")]
    [InlineData("launcher: sandbox", "launcher: sandbocks", "targets/recipes.yaml:8:13: `repl.launcher` is `sandbocks`; allowed are sandbox, docker, ecs; did you mean `sandbox`?")]
    [InlineData("port: 5432", "port: 70000", "targets/recipes.yaml:14:9: `database.port` is 70000; it must be between 1 and 65535.")]
    [InlineData("port: 5432", "port: yes", "targets/recipes.yaml:14:9: `database.port` must be a whole number such as 10 or 100_000; here it is `yes`.")]
    [InlineData("host: 127.0.0.1", "host: db.example.org", "targets/recipes.yaml:17:8: `disable` is only for Unix sockets and loopback; db.example.org is neither. Use verify-full.")]
    [InlineData("host: 127.0.0.1", "host: /run/postgresql", null)]
    [InlineData("host: 127.0.0.1", "host: '::1'", null)]
    [InlineData("host: 127.0.0.1", "host: 'a b'", "`a b` is not a host name, an address, or the absolute path of a Unix socket's folder.")]
    [InlineData("role: safe_reader", "role: safe_reader\n  credential: hunter2", "targets/recipes.yaml:17:15: This must say where the secret is, as env:NAME, file:/absolute/path or ssm:/parameter/name; the secret itself does not belong here.")]
    [InlineData("role: safe_reader", "role: safe_reader\n  credential: 'file:relative'", "This must say where the secret is")]
    [InlineData("role: safe_reader", "role: safe_reader\n  credential: 'file:/run/x'\n  certificateAuthority: env:CA", null)]
    [InlineData("role: safe_reader", "role: safe_reader\n  credential: ssm:/safeconsole/recipes/password", null)]
    [InlineData("role: safe_reader", "role: safe_reader\n  credential: 'ssm:recipes'", "This must say where the secret is")]
    [InlineData("role: safe_reader", "role: safe_reader\n  credential: 'ssm:/recipes/'", "This must say where the secret is")]
    [InlineData("role: safe_reader", "role: safe_reader\n  credential: 'ssm:/recipes:3'", "This must say where the secret is")]
    [InlineData("command: [psql, --no-psqlrc]", "command: []", "`command` is empty")]
    [InlineData("command: [psql, --no-psqlrc]", "command: [bin/psql]", "`bin/psql` must be a program's name, such as psql, or its absolute path")]
    [InlineData("command: [psql, --no-psqlrc]", "command: psql", "`repl.options[].command` must be a list such as [a, b]; here it is `psql`.")]
    [InlineData("name: psql, title", "name: P SQL, title", "`P SQL` is not a name of lower-case letters")]
    [InlineData("access:\n  groups: [developers]", "access:\n  groups: []", "Nobody could open this target")]
    [InlineData("access:\n  groups: [developers]", "access: {}", "targets/recipes.yaml:18:9: `access.groups` is missing.")]
    [InlineData("groups: [developers]", "users: [sam@example.org]", "`sam@example.org` must be issuer|subject")]
    [InlineData("groups: [developers]", "users: ['https://x|1']", null)]
    [InlineData("groups: [developers]", "groups: [developers]\n  reasonPattern: '(a'", "The pattern is not a regular expression")]
    [InlineData("groups: [developers]", "groups: [developers]\n  reasonPattern: '(a)\\1'", "The pattern uses what cannot be matched in linear time")]
    [InlineData("groups: [developers]", "groups: [developers]\n  reasonPattern: '^REC'\n  reasonExample: x", "`access.reasonExample` does not match `access.reasonPattern`.")]
    [InlineData("access:\n", "limits: { statment_timeout: 5s }\naccess:\n", "targets/recipes.yaml:18:11: unknown key `statment_timeout`; did you mean `statementTimeout`?")]
    [InlineData("access:\n", "limits: { statementTimeout: 5 }\naccess:\n", "targets/recipes.yaml:18:29: `limits.statementTimeout` must be a duration such as 500ms, 5s, 15m or 1h30m; here it is `5`.")]
    [InlineData("access:\n", "limits: { statementTimeout: 0s }\naccess:\n", "`limits.statementTimeout` is 0s; it must be between 100ms and 1h.")]
    [InlineData("access:\n", "limits: { memory: 1MiB }\naccess:\n", "`limits.memory` is 1MiB; it must be between 32MiB and 64GiB.")]
    [InlineData("access:\n", "limits: { statementLength: 2MiB }\naccess:\n", "`limits.statementLength` is 2MiB; it must be between 1KiB and 1MiB.")]
    [InlineData("access:\n", "limits: { cursors: 0 }\naccess:\n", "`limits.cursors` is 0; it must be between 1 and 1000.")]
    [InlineData("access:\n", "limits: { processors: 0 }\naccess:\n", "`limits.processors` is 0; it must be between 0.05 and 64.")]
    [InlineData("access:\n", "limits: { processors: half }\naccess:\n", "`limits.processors` must be a number of processors such as 2, 1 or 0.5; here it is `half`.")]
    [InlineData("access:\n", "limits: { runawayAfter: 1s }\naccess:\n", "`limits.runawayAfter` is 1s; it must be between 5s and 24h.")]
    [InlineData("  launcher: sandbox\n", "  launcher: docker\n", "`repl.image` is missing.")]
    [InlineData("  launcher: sandbox\n", "  launcher: sandbox\n  image: x\n", "`repl.image` belongs to `launcher: docker`, and the launcher is `sandbox`.")]
    [InlineData("  launcher: sandbox\n", "  launcher: ecs\n", "`repl.ecs.taskDefinition` is missing.")]
    [InlineData("  launcher: sandbox\n", "  launcher: ecs\n  ecs: { taskDefinition: a, container: b, capacityProviders: ['a b'] }\n", "`a b` is not the name of a capacity provider, such as FARGATE_SPOT.")]
    [InlineData("  launcher: sandbox\n", "  launcher: sandbox\n  warm: 21\n", "`repl.warm` is 21; it must be between 0 and 20.")]
    [InlineData("access:\n", "limits: { preparedStatements: none }\naccess:\n", "`limits.preparedStatements` must be a whole number such as 10 or 100_000; here it is `none`.")]
    [InlineData("access:\n", "limits: { idle: 2h }\naccess:\n", "`limits.idle` is 2h and never reached: `limits.sessionLength` is 1h.")]
    [InlineData("access:\n", "limits: none\naccess:\n", "`limits` must be a mapping of keys to values; here it is `none`.")]
    [InlineData("access:\n", "refusal: { link: 'javascript:alert(1)' }\naccess:\n", "`javascript:alert(1)` is not an address")]
    [InlineData("  launcher: sandbox\n", "  launcher: sandbox\n  environment: { PGHOST: x }\n", "targets/recipes.yaml:9:18: PGHOST is set by the gateway and cannot be set here.")]
    [InlineData("  launcher: sandbox\n", "  launcher: sandbox\n  environment: { 'A B': x }\n", "`A B` is not the name of an environment variable.")]
    [InlineData("title: Recipes", "title: Recipes\ntitle: Again", "This is not YAML")]
    [InlineData("title: Recipes", "title: 'Recipes", "This is not YAML")]
    [InlineData("title: Recipes", "--- a\n---\ntitle: Recipes", "The file holds more than one YAML document.")]
    public async Task A_mistake_is_told_with_its_place_and_what_was_meant(string good, string bad, string? problem)
    {
        Assert.Contains(good, PolicyFolderFixture.Target, StringComparison.Ordinal);
        fixture.Write("targets/recipes.yaml", PolicyFolderFixture.Target.Replace(good, bad, StringComparison.Ordinal));

        string[] problems = await ProblemsAsync();

        if (problem is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.Contains(problems, text => text.Contains(problem, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task All_mistakes_of_all_files_are_told_at_once()
    {
        fixture.Write("default.yaml", PolicyFolderFixture.Defaults.Replace("idle: 15m", "idle: soon", StringComparison.Ordinal) + "\nrepl: {}\n");
        fixture.Write("targets/recipes.yaml", PolicyFolderFixture.Target.Replace("title: Recipes\n", "", StringComparison.Ordinal).Replace("tls: disable", "tls: maybe", StringComparison.Ordinal));
        fixture.Write("targets/Second.yaml", PolicyFolderFixture.Target);
        fixture.Write("targets/third.yml", PolicyFolderFixture.Target);
        fixture.Write("targets/fourth.yaml", "");
        fixture.Write("targets/.swap.swp", "binary");

        string[] problems = await ProblemsAsync();

        Assert.Equal(
            [
                "default.yaml:14:9: `limits.idle` must be a duration such as 500ms, 5s, 15m or 1h30m; here it is `soon`.",
                "default.yaml:22:1: unknown key `repl`; known here are database, access, limits, refusal",
                "targets/Second.yaml:1:1: A target's file name is its name: lower-case letters, digits and hyphens, up to 63, such as recipes-staging.yaml; here it is `Second`.",
                "targets/fourth.yaml:1:1: The file is empty.",
                "targets/recipes.yaml:1:1: `title` is missing.",
                "targets/recipes.yaml:16:8: `database.tls` is `maybe`; allowed are verify-full, require, disable",
                "targets/third.yml:1:1: Only .yaml files belong here; name it third.yaml or take it away.",
            ],
            problems);
    }

    [Fact]
    public async Task Two_options_of_one_name_are_a_mistake()
    {
        const string Option = "    - { name: psql, title: psql, description: Plain, command: [psql, --no-psqlrc] }\n";
        fixture.Write("targets/recipes.yaml", PolicyFolderFixture.Target.Replace(Option, Option + Option, StringComparison.Ordinal));

        Assert.Equal(["targets/recipes.yaml:11:15: There are two options named `psql`."], await ProblemsAsync());
    }

    [Fact]
    public async Task Without_defaults_every_limit_must_be_said()
    {
        File.Delete(Path.Combine(fixture.Folder, "default.yaml"));

        string[] problems = await ProblemsAsync();

        Assert.Contains("targets/recipes.yaml:1:1: `limits.statementTimeout` is missing.", problems);
        Assert.Equal(22, problems.Length);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_as_such()
    {
        Directory.Delete(fixture.Folder, recursive: true);

        string[] problems = await ProblemsAsync();

        Assert.Contains("cannot be read", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public async Task Endless_nesting_is_a_mistake_and_not_a_crash(string opening)
    {
        fixture.Write("targets/recipes.yaml", "title: " + string.Concat(Enumerable.Repeat(opening, 20_000)));

        Assert.Contains("This is not YAML", Assert.Single(await ProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_not_text_or_too_long_are_told_as_such()
    {
        File.WriteAllBytes(Path.Combine(fixture.Folder, "targets/recipes.yaml"), [0x74, 0xff, 0xfe]);
        fixture.Write("targets/long.yaml", new string('#', 300_000));

        Assert.Equal(["targets/long.yaml:1:1: The file is longer than 256 KiB.", "targets/recipes.yaml:1:1: The file is not UTF-8."], await ProblemsAsync());
    }

    private async Task<string[]> ProblemsAsync()
    {
        try
        {
            using PolicyStore store = await PolicyStore.OpenAsync(fixture.Folder);
            return [];
        }
        catch (PolicyInvalidException invalid)
        {
            return [.. invalid.Problems.Select(problem => problem.ToString())];
        }
    }
}
