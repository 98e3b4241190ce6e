using System.Text.Json.Nodes;
using SafeConsole.CloudEndpoint.Ecs;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Ecs;

/// <summary>How a task comes to run, on which provider, and what is said when it does not.</summary>
public sealed class EcsLaunchTests : EcsTests
{
    [Fact]
    public async Task Stages_are_told_in_order_with_provider_and_image()
    {
        var progress = new HeardProgress();

        await using var runner = await Site.LaunchAsync(progress);

        Assert.Equal([(LaunchStage.Provisioning, "FARGATE_SPOT"), (LaunchStage.Pulling, EcsSite.Image)], progress.Heard);
        Assert.Matches("^arn:aws:ecs:eu-central-1:123456789012:task/runners/[0-9a-f]{32}$", runner.Id);
        Assert.EndsWith("task-definition/safeconsole-runner:1", runner.Image, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_is_ordered_without_public_address_and_without_exec_and_bears_its_labels()
    {
        var spec = Site.Server.NewSpec(new RunnerLimits(700 << 20, 99, 30L << 30, 0.5));

        await using var runner = await Site.Launcher.LaunchAsync(spec, NoProgress.Instance, CancellationToken.None);

        var order = JsonNode.Parse(Site.Cloud.Requests.Single(request => request.Operation == "RunTask").Body)!;
        var network = order["networkConfiguration"]!["awsvpcConfiguration"]!;
        Assert.Equal("""{"assignPublicIp":"DISABLED","securityGroups":["sg-runner"],"subnets":["subnet-1","subnet-2"]}""", network.ToJsonString());
        Assert.Equal(("false", "TASK_DEFINITION", "safeconsole-one"), (order["enableExecuteCommand"]!.ToJsonString(), (string?)order["propagateTags"], (string?)order["startedBy"]));
        Assert.Equal($"safeconsole:gateway=one safeconsole:runner={spec.Runner} safeconsole:target=recipes", string.Join(' ', order["tags"]!.AsArray().Select(tag => $"{tag!["key"]}={tag["value"]}")));
        var overrides = order["overrides"]!;
        Assert.Equal(("512", "1024", 30, 700), ((string?)overrides["cpu"], (string?)overrides["memory"], (int)overrides["ephemeralStorage"]!["sizeInGiB"]!, (int)overrides["containerOverrides"]![0]!["memory"]!));
        Assert.Equal(
            $"SAFECONSOLE_GATEWAY=unix:{Site.Server.RuntimeDirectory}/link.sock SAFECONSOLE_TICKET={spec.Ticket.Secret} SAFECONSOLE_PROCESS_LIMIT=99",
            string.Join(' ', overrides["containerOverrides"]![0]!["environment"]!.AsArray().Select(variable => $"{variable!["name"]}={variable["value"]}")));
    }

    [Theory]
    [InlineData(EcsCapacity.RefusesAtOnce)]
    [InlineData(EcsCapacity.RunsOut)]
    [InlineData(EcsCapacity.IsTakenBack)]
    public async Task On_demand_is_taken_where_spot_has_no_room(EcsCapacity spot)
    {
        Site.Ecs.Capacity["FARGATE_SPOT"] = spot;

        await using var runner = await Site.LaunchAsync();

        Assert.Equal("FARGATE", Site.Ecs.Providers[^1]);
        await Deadline.BecomesTrueAsync(() => Site.Ecs.Living.Count == 1, Deadline.Usual);
        Assert.Equal([runner.Id], Site.Ecs.Living);
    }

    [Fact]
    public async Task Launch_without_any_room_fails_with_the_reasons_of_both_providers()
    {
        Site.Ecs.Capacity["FARGATE_SPOT"] = EcsCapacity.RefusesAtOnce;
        Site.Ecs.Capacity["FARGATE"] = EcsCapacity.RunsOut;

        var sentence = await Site.FailureAsync();

        Assert.Equal(
            "ECS: RESOURCE:MEMORY, no capacity in runners (no room). ECS: no capacity in runners: Capacity is unavailable at this time. Please try again later or in a different availability zone.", sentence);
    }

    [Fact]
    public async Task Image_that_cannot_be_pulled_is_told_in_the_engines_words_and_tried_on_no_other_provider()
    {
        Site.Ecs.PullFailure = "CannotPullContainerError: pull image manifest has been retried 1 time(s): runner:1: not found";

        Assert.Equal("ECS: CannotPullContainerError: pull image manifest has been retried 1 time(s): runner:1: not found.", await Site.FailureAsync());
        Assert.Equal(["FARGATE_SPOT"], Site.Ecs.Providers);
    }

    [Fact]
    public async Task Task_definition_that_does_not_exist_is_a_sentence()
    {
        Site.Server.ShapeOf = limits => new RunnerShape("recipes", limits, Task: new EcsTaskShape("nobody", EcsSite.Container, []));

        Assert.Equal("ECS: ClientException, Unable to describe task definition.", await Site.FailureAsync());
    }

    [Fact]
    public async Task Cluster_decides_where_the_policy_names_no_provider()
    {
        Site.Server.ShapeOf = limits => new RunnerShape("recipes", limits, Task: new EcsTaskShape(EcsSite.Family, EcsSite.Container, []));

        await using var runner = await Site.LaunchAsync();

        Assert.Equal([""], Site.Ecs.Providers);
    }

    [Fact]
    public async Task Lost_answer_starts_no_second_task()
    {
        Site.Cloud.Faults.LoseAnswer("RunTask", 1);

        await using var runner = await Site.LaunchAsync();

        Assert.Equal(0, Site.Cloud.Faults.Left("RunTask"));
        Assert.Equal(1, Site.Ecs.Started);
    }

    [Fact]
    public async Task Throttling_of_every_call_delays_a_launch_and_fails_nothing()
    {
        Site.Cloud.Faults.Throttle("RunTask", 4);
        Site.Cloud.Faults.Throttle("DescribeTasks", 8);

        await using var repl = await Repl.BashAsync(Site.Launcher, Site.Server);
        Site.Cloud.Faults.Throttle("DescribeTasks", 8);
        Site.Cloud.Faults.Throttle("StopTask", 4);
        await repl.Runner.StopAsync(CancellationToken.None);

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Equal((0, 0, 0), (Site.Cloud.Faults.Left("RunTask"), Site.Cloud.Faults.Left("DescribeTasks"), Site.Cloud.Faults.Left("StopTask")));
    }

    [Fact]
    public async Task Launch_that_is_given_up_leaves_no_task()
    {
        Site.Ecs.Pace = EcsPace.Stuck;
        using var giveUp = new CancellationTokenSource();
        var launch = Site.LaunchAsync(cancellationToken: giveUp.Token);
        Assert.True(await Deadline.BecomesTrueAsync(() => Site.Ecs.Living.Count == 1, Deadline.Usual));

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => launch);
        Assert.True(await Deadline.BecomesTrueAsync(() => Site.Ecs.Living.Count == 0, Deadline.Usual));
    }

    [Fact]
    public async Task Task_that_does_not_run_in_time_is_a_sentence_and_is_stopped()
    {
        Site.Ecs.Pace = EcsPace.Stuck;
        using var launcher = EcsSite.NewLauncher(Site.Cloud, Site.Server, launchTimeout: TimeSpan.FromSeconds(1));

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => launcher.LaunchAsync(Site.Server.NewSpec(), NoProgress.Instance, CancellationToken.None));

        Assert.Equal("ECS did not run the task within 1 s.", failure.Message);
        Assert.True(await Deadline.BecomesTrueAsync(() => Site.Ecs.Living.Count == 0, Deadline.Usual));
    }

    [Fact]
    public async Task Call_that_is_not_permitted_is_a_sentence()
    {
        Site.Cloud.Faults.Deny("RunTask", 1);

        Assert.StartsWith("ECS: AccessDeniedException, User: arn:aws:iam::123456789012:user/gateway is not authorized to perform: RunTask", await Site.FailureAsync(), StringComparison.Ordinal);
    }
}
