using System.Text.Json.Nodes;

namespace SafeConsole.Deploy.Tests.Aws;

/// <summary>Nobody may do more than its work asks for.</summary>
public sealed class PrivilegeTests
{
    private static IEnumerable<JsonObject> Statements =>
        Template.Below(Template.Resources).OfType<JsonObject>().Where(node => node.ContainsKey("Effect"));

    [Fact]
    public void Every_action_is_named_whole()
    {
        var actions = Statements.SelectMany(statement => Template.List(statement["Action"])).Select(action => (string)action!).ToList();

        Assert.NotEmpty(actions);
        Assert.DoesNotContain(actions, action => action.Contains('*', StringComparison.Ordinal));
        Assert.DoesNotContain(Statements, statement => statement.ContainsKey("NotAction") || statement.ContainsKey("NotResource") || statement.ContainsKey("NotPrincipal"));
    }

    [Fact]
    public void Every_resource_is_meant_only_where_the_statement_says_why()
    {
        var all = Statements.Where(statement => Template.List(statement["Resource"]).Any(resource => resource is JsonValue text && (string)text! == "*")).ToList();

        Assert.All(all, statement => Assert.Matches("^EveryResource[A-Za-z]*Because", (string?)statement["Sid"]));
        Assert.Equal(["ecr:GetAuthorizationToken", "ecs:DescribeTaskDefinition", "ecs:ListTasks"], Roles(all).SelectMany(statement => Template.List(statement["Action"])).Select(action => (string)action!).Order());
    }

    [Fact]
    public void Gateway_may_do_what_its_code_calls_and_nothing_else() =>
        Assert.Equal(
            ["ecs:DescribeTaskDefinition", "ecs:DescribeTasks", "ecs:ListTasks", "ecs:RunTask", "ecs:StopTask", "ecs:TagResource", "iam:PassRole", "kms:Decrypt", "ssm:GetParameter"],
            StatementsOf("GatewayRole").SelectMany(statement => Template.List(statement["Action"])).Select(action => (string)action!).Order());

    [Theory]
    [InlineData("ecs:RunTask", "ArnEquals", "ecs:cluster")]
    [InlineData("ecs:StopTask", "ArnEquals", "ecs:cluster")]
    [InlineData("ecs:DescribeTasks", "ArnEquals", "ecs:cluster")]
    [InlineData("ecs:ListTasks", "ArnEquals", "ecs:cluster")]
    [InlineData("ecs:TagResource", "StringEquals", "ecs:CreateAction")]
    [InlineData("iam:PassRole", "StringEquals", "iam:PassedToService")]
    [InlineData("kms:Decrypt", "StringEquals", "kms:ViaService")]
    public void Gateways_action_is_bound(string action, string test, string key)
    {
        var statement = StatementsOf("GatewayRole").Single(statement => Template.List(statement["Action"]).Any(named => (string)named! == action));

        Assert.NotNull(statement["Condition"]?[test]?[key]);
    }

    [Fact]
    public void Gateway_runs_and_passes_nothing_but_the_runners()
    {
        Assert.EndsWith("task-definition/${GatewayName}-runner:*", (string)Of("ecs:RunTask")["Resource"]!["Fn::Sub"]!, StringComparison.Ordinal);
        Assert.Equal("""["RunnerExecutionRole","Arn"]""", Of("iam:PassRole")["Resource"]!["Fn::GetAtt"]!.ToJsonString());
        Assert.EndsWith(":parameter${ParameterPath}/*", (string)Of("ssm:GetParameter")["Resource"]!["Fn::Sub"]!, StringComparison.Ordinal);

        static JsonObject Of(string action) => StatementsOf("GatewayRole").Single(statement => Template.List(statement["Action"]).Any(named => (string)named! == action));
    }

    [Fact]
    public void Runner_has_no_role_and_no_privilege()
    {
        var task = Template.Properties("RunnerTaskDefinition");
        var container = task["ContainerDefinitions"]!.AsArray().Single()!;

        Assert.False(task.ContainsKey("TaskRoleArn"));
        Assert.Equal("""["ALL"]""", container["LinuxParameters"]!["Capabilities"]!["Drop"]!.ToJsonString());
        Assert.Null(container["Privileged"]);
        Assert.Null(container["Secrets"]);
        Assert.Null(container["PortMappings"]);
        Assert.Equal(["SAFECONSOLE_GATEWAY_CA"], container["Environment"]!.AsArray().Select(variable => (string)variable!["Name"]!));
    }

    [Fact]
    public void Endpoints_serve_this_account_and_what_starting_a_runner_takes()
    {
        var endpoints = Template.Resources.Where(resource => (string)resource.Value!["Type"]! == "AWS::EC2::VPCEndpoint").ToList();

        Assert.Equal(4, endpoints.Count);
        foreach (var (name, endpoint) in endpoints)
        {
            var statements = Template.Below(endpoint!["Properties"]!["PolicyDocument"]).OfType<JsonObject>().Where(node => node.ContainsKey("Effect")).ToList();
            Assert.All(statements, statement => Assert.True(
                statement["Condition"]?["StringEquals"]?["aws:PrincipalAccount"] is not null || ((string?)statement["Resource"]?["Fn::Sub"])?.Contains("-starport-layer-bucket/", StringComparison.Ordinal) == true, name));
            Assert.NotEmpty(statements);
        }
    }

    private static IEnumerable<JsonObject> StatementsOf(string role) =>
        Template.Below(Template.Properties(role)["Policies"]).OfType<JsonObject>().Where(node => node.ContainsKey("Effect"));

    private static IEnumerable<JsonObject> Roles(IEnumerable<JsonObject> statements) => statements.Where(statement => !statement.ContainsKey("Principal"));
}
