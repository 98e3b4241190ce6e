using System.Text.Json;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Commands;

/// <summary>`statements judge` as an SRE runs it, without a database.</summary>
public sealed class StatementsJudgeTests
{
    [Theory]
    [InlineData("""{"id": "a", "sql": "SELECT 1"}""", """{"id":"a","verdict":"approved","rule":"read","reason":"It only reads.","position":null}""")]
    [InlineData("""{"sql": "SELECT 1; DELETE FROM t", "id": 7, "note": ["ignored"]}""", """{"id":7,"verdict":"denied","rule":"statement.kind","reason":"DELETE changes the database; this console only reads.","position":11}""")]
    [InlineData("""{"id": "é", "sql": ["BEGIN READ WRITE", "SELECT 'é', pg_notify('a', 'b')", "COMMIT"]}""", """{"id":"é","verdict":"denied","rule":"function.not-allowed","reason":"pg_notify() sends a notification.","position":13,"text":1}""")]
    [InlineData("""{"sql": ["SELECT 1", "BEGIN READ WRITE", "SET ROLE owner"]}""", """{"id":1,"verdict":"denied","rule":"setting.not-allowed","reason":"The setting role may not be changed here.","position":1,"text":2}""")]
    [InlineData("""{"id": null, "sql": ["SELECT 1", "BEGIN READ WRITE", "RESET ALL"]}""", """{"id":null,"verdict":"flagged","rule":"transaction.read-write","reason":"READ WRITE has no effect here: every transaction stays read-only.","position":null,"text":1}""")]
    [InlineData("""{"id": "e", "sql": ["SELECT 1"]}""", """{"id":"e","verdict":"approved","rule":"read","reason":"It only reads.","position":null,"text":0}""")]
    public async Task A_line_is_answered_by_a_line_before_the_next_is_read(string line, string answer)
    {
        using var judge = JudgeProcess.Start();

        var first = await judge.AskAsync(line);
        var second = await judge.AskAsync("""{"id": "next", "sql": ""}""");

        Assert.Equal(answer, JsonSerializer.Serialize(first, Relaxed));
        Assert.Equal("There is no statement in it.", second.GetProperty("reason").GetString());
        Assert.Equal((0, "", ""), await judge.FinishAsync());
    }

    [Fact]
    public async Task Lines_that_cannot_be_judged_are_named_and_the_others_are_judged()
    {
        using var judge = JudgeProcess.Start();

        var (exitCode, output, errors) = await judge.FinishAsync(
            "nope\n{\"id\": 2}\n \r\n{\"sql\": []}\n{\"sql\": [1]}\n{\"id\": {}, \"sql\": \"\"}\n{\"sql\": \"\\ud800\"}\n[]\n{\"sql\": 1, \"sql\": \"\"}\n{\"id\": \"last\", \"sql\": \"SELECT 1\"}");

        Assert.Equal(2, exitCode);
        Assert.Equal("""{"id":"last","verdict":"approved","rule":"read","reason":"It only reads.","position":null}""" + "\n", output);
        Assert.Equal(
            [
                "Line 1 is not JSON; write one object a line, such as {\"id\": \"a\", \"sql\": \"SELECT 1\"}.",
                "Line 2 has no `sql`; give it a text, or a list of texts.",
                "Line 4 has an `sql` that is neither a text nor a list of texts.",
                "Line 5 has an `sql` that is neither a text nor a list of texts.",
                "Line 6 has an `id` that is neither a text nor a number.",
                "Line 7 holds text that is not valid Unicode; mend the text.",
                "Line 8 is not a JSON object; write one object a line, such as {\"id\": \"a\", \"sql\": \"SELECT 1\"}.",
                "Line 9 is not JSON; write one object a line, such as {\"id\": \"a\", \"sql\": \"SELECT 1\"}.",
                "8 of 10 lines could not be judged.",
            ],
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("There is no target nobody in ", "--target", "nobody")]
    [InlineData("; there are recipes, recipes-python, recipes-shell.", "--target", "nobody")]
    [InlineData("--target is missing: say which target's policy judges, such as --target recipes.")]
    [InlineData("--catalog needs a value.", "--target", "recipes", "--catalog")]
    [InlineData("--taget is not known; known are --target, --policies, --catalog and --help.", "--taget", "recipes")]
    [InlineData("--target is given twice.", "--target=recipes", "--target", "recipes")]
    [InlineData("--catalog is not a connection string;", "--target", "recipes", "--catalog", "Hots=x;Password=hunter2")]
    [InlineData("--catalog is not a connection string;", "--target", "recipes", "--catalog", "postgres://sam:hunter2@host/recipes?ssl_mode=x")]
    [InlineData("The database of --catalog cannot be read: Failed to connect to 127.0.0.1:1", "--target", "recipes", "--catalog", "postgres://sam:hunter2@127.0.0.1:1/recipes?sslmode=disable")]
    public async Task What_cannot_begin_says_why_in_a_sentence(string sentence, params string[] arguments)
    {
        var (exitCode, output, errors) = await JudgeProcess.RunAsync(["statements", "judge", "--policies", JudgeProcess.Policies, .. arguments]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", errors, StringComparison.Ordinal);
        Assert.Equal(1, errors.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task Mistakes_in_policies_are_told_by_file_line_and_column()
    {
        using var folder = new TemporaryFolder();
        new Hosting.PolicyFolder(folder.Location).WriteDefaults();
        new Hosting.PolicyFolder(folder.Location).Write("wrong", Hosting.PolicyFolder.Shell(idle: "soon").Replace("title: A shell", "titel: A shell", StringComparison.Ordinal));

        var (exitCode, _, errors) = await JudgeProcess.RunAsync(["statements", "judge", "--target", "shell", "--policies", folder.Location]);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            [
                "targets/wrong.yaml:1:1: `title` is missing.", "targets/wrong.yaml:1:1: unknown key `titel`; did you mean `title`?",
                "targets/wrong.yaml:32:9: `limits.idle` must be a duration such as 500ms, 5s, 15m or 1h30m; here it is `soon`.",
            ],
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("statements", "judge", "--help")]
    [InlineData("statements", "judge", "-h")]
    [InlineData("--help")]
    public async Task Help_is_given(params string[] arguments)
    {
        var (exitCode, output, errors) = await JudgeProcess.RunAsync(arguments);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("statements judge", output, StringComparison.Ordinal);
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
