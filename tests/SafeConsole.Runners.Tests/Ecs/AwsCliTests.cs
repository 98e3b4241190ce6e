using System.Text.Json.Nodes;
using SafeConsole.CloudEndpoint;
using SafeConsole.CloudEndpoint.Ecs;
using SafeConsole.Runners.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Runners.Tests.Ecs;

/// <summary>The endpoint speaks to Debian's `aws` as to the launcher, so it is not shaped to our client.</summary>
public sealed class AwsCliTests : EcsTests
{
    // Debian's, whatever stands before it in PATH: its model is the one that the endpoint is held to.
    private const string Program = "/usr/bin/aws";

    [Fact]
    public async Task Task_is_run_described_listed_and_stopped()
    {
        var spec = Site.Server.NewSpec();
        var overrides = $$"""{"containerOverrides":[{"name":"runner","environment":[{"name":"SAFECONSOLE_GATEWAY","value":"unix:{{Site.Server.RuntimeDirectory}}/link.sock"},{"name":"SAFECONSOLE_TICKET","value":"{{spec.Ticket.Secret}}"}]}]}""";

        var arn = (string)(await RunAsync("ecs", "run-task", "--cluster", EcsService.Cluster, "--task-definition", EcsSite.Family, "--launch-type", "FARGATE", "--started-by", "somebody", "--overrides", overrides,
            "--network-configuration", "awsvpcConfiguration={subnets=[subnet-1],securityGroups=[sg-1],assignPublicIp=DISABLED}"))["tasks"]![0]!["taskArn"]!;
        using var link = await Site.Server.LinkOfAsync(spec.Runner);

        Assert.Equal("RUNNING", await StatusAsync(arn));
        Assert.Equal(arn, (string?)(await RunAsync("ecs", "list-tasks", "--cluster", EcsService.Cluster, "--started-by", "somebody"))["taskArns"]![0]);
        await RunAsync("ecs", "stop-task", "--cluster", EcsService.Cluster, "--task", arn, "--reason", "enough");
        await Eventually.HoldsAsync(() => Site.Ecs.Living.Count == 0, "the task is stopped");
        Assert.Equal("STOPPED", await StatusAsync(arn));
        Assert.Contains("safeconsole-runner:1", (await RunAsync("ecs", "describe-task-definition", "--task-definition", EcsSite.Family)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_is_decrypted_on_request_alone()
    {
        Site.Cloud.Parameters.PutSecret("/safeconsole/recipes/password", "hunter2");

        Assert.NotEqual("hunter2", (string?)(await RunAsync("ssm", "get-parameter", "--name", "/safeconsole/recipes/password"))["Parameter"]!["Value"]);
        Assert.Equal("hunter2", (string?)(await RunAsync("ssm", "get-parameter", "--name", "/safeconsole/recipes/password", "--with-decryption"))["Parameter"]!["Value"]);
        Assert.Equal("hunter2", (string?)(await RunAsync("ssm", "get-parameters-by-path", "--path", "/safeconsole", "--recursive", "--with-decryption"))["Parameters"]![0]!["Value"]);
    }

    [Fact]
    public async Task Wrong_secret_is_refused()
    {
        var refused = await CallAsync("wrong", ["ecs", "list-tasks", "--cluster", EcsService.Cluster]);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("InvalidSignatureException", refused.Errors, StringComparison.Ordinal);
    }

    private async Task<string?> StatusAsync(string arn) =>
        (string?)(await RunAsync("ecs", "describe-tasks", "--cluster", EcsService.Cluster, "--tasks", arn, "--include", "TAGS"))["tasks"]![0]!["lastStatus"];

    private async Task<JsonNode> RunAsync(params string[] arguments) => JsonNode.Parse((await CallAsync(LocalCloud.SecretKey, arguments)).OrThrow().Output)!;

    private Task<FinishedProcess> CallAsync(string secret, string[] arguments) => FinishedProcess.RunAsync("/usr/bin/env",
    [
        "-i", "PATH=/usr/bin:/bin", "HOME=/nonexistent", $"AWS_ACCESS_KEY_ID={LocalCloud.AccessKey}", $"AWS_SECRET_ACCESS_KEY={secret}", $"AWS_DEFAULT_REGION={LocalCloud.Region}",
        Program, .. arguments, "--endpoint-url", Site.Cloud.Address.ToString(), "--output", "json", "--no-cli-pager",
    ]);
}
