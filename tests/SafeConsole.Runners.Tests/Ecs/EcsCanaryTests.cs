using SafeConsole.CloudEndpoint;
using SafeConsole.Runners.Ecs;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Ecs;

/// <summary>Secrets stay where they belong: the ticket in the one request that needs it, the gateway's own nowhere.</summary>
public sealed class EcsCanaryTests
{
    private const string Canary = "canary-of-the-gateway";

    [Fact]
    public async Task No_secret_is_in_requests_or_logs_but_the_ticket_in_the_order_for_its_task()
    {
        Environment.SetEnvironmentVariable("SAFECONSOLE_CANARY", Canary);
        await using var site = await EcsSite.StartAsync();
        var log = new HeardLog<EcsLauncher>();
        using var launcher = EcsSite.NewLauncher(site.Cloud, site.Server, log: log);
        // Every kind of line: no room, a refused look, a refused stop.
        site.Ecs.Capacity["FARGATE_SPOT"] = CloudEndpoint.Ecs.EcsCapacity.RefusesAtOnce;
        site.Cloud.Faults.Deny("DescribeTasks", 1);
        site.Cloud.Faults.Deny("StopTask", 1);
        var spec = site.Server.NewSpec();

        await using (var runner = await launcher.LaunchAsync(spec, NoProgress.Instance, CancellationToken.None))
        {
            using var link = await site.Server.LinkOfAsync(spec.Runner);
            await launcher.FindAsync(CancellationToken.None);
            await runner.StopAsync(CancellationToken.None);
        }

        spec.Log.Complete();
        var lines = new List<string>(log.Texts);
        await foreach (var batch in spec.Log.FollowAsync(CancellationToken.None))
            lines.AddRange(batch.Select(line => line.Text));
        Assert.Superset(new HashSet<int> { 3040, 3041, 3042, 3043 }, log.Events.ToHashSet());
        Assert.DoesNotContain(lines, line => Holds(line, spec.Ticket.Secret, LocalCloud.SecretKey, Canary));
        Assert.DoesNotContain(site.Cloud.Requests, request => Holds(request.Headers + request.Body, LocalCloud.SecretKey, Canary));
        Assert.All(site.Cloud.Requests.Where(request => Holds(request.Headers + request.Body, spec.Ticket.Secret)), request => Assert.Equal("RunTask", request.Operation));
        Assert.DoesNotContain(site.Cloud.Requests, request => Holds(request.Headers, spec.Ticket.Secret));
    }

    private static bool Holds(string text, params string[] secrets) => secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));
}
