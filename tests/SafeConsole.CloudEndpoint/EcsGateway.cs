using SafeConsole.CloudEndpoint.Ecs;
using SafeConsole.Testing;

namespace SafeConsole.CloudEndpoint;

/// <summary>
/// A local cloud, and a gateway one of whose targets runs as tasks of its ECS, with the database's password from its Parameter Store. Tasks link by the gateway's
/// Unix socket, for a sandbox has no network to do it by.
/// </summary>
public sealed class EcsGateway : IAsyncDisposable
{
    private const string Family = "consoles";
    private const string Container = "runner";
    private const string Parameter = "/safeconsole/recipes/password";

    private readonly TemporaryFolder runtime;

    private EcsGateway(TemporaryFolder runtime, LocalCloud cloud, RunningGateway gateway) => (this.runtime, Cloud, Gateway) = (runtime, cloud, gateway);

    /// <summary>ECS and the Parameter Store.</summary>
    public LocalCloud Cloud { get; }

    /// <summary>The gateway.</summary>
    public RunningGateway Gateway { get; }

    /// <summary>
    /// Starts both; the target's policy, whose launcher must be the sandbox, is changed to ECS and then by <paramref name="edit"/>. Tasks go through their states at
    /// <paramref name="pace"/>, which is <see cref="EcsPace.Quick"/> where nothing is said.
    /// </summary>
    public static async Task<EcsGateway> StartAsync(PostgresCluster cluster, string target, Func<string, string>? edit = null, EcsPace? pace = null)
    {
        var runtime = new TemporaryFolder();
        LocalCloud? cloud = null;
        try
        {
            cloud = await LocalCloud.StartAsync(RepositoryRoot.At(".artifacts", "agent", "safeconsole-agent"));
            cloud.Ecs.Pace = pace ?? EcsPace.Quick;
            cloud.Ecs.Register(Family, Container, "registry.example/runner:1");
            cloud.Parameters.PutSecret(Parameter, cluster.ReaderPassword);
            string Change(string policy) => edit is null ? OnEcs(policy) : edit(OnEcs(policy));
            return new EcsGateway(runtime, cloud, await RunningGateway.StartAsync(cluster, (target, Change), Settings(cloud, runtime.Location), Credentials));
        }
        catch
        {
            if (cloud is not null)
                await cloud.DisposeAsync();
            runtime.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Cloud.DisposeAsync();
        runtime.Dispose();
    }

    private static Dictionary<string, string> Credentials => new() { ["AWS_ACCESS_KEY_ID"] = LocalCloud.AccessKey, ["AWS_SECRET_ACCESS_KEY"] = LocalCloud.SecretKey };

    private static string OnEcs(string policy) => policy
        .Replace("  launcher: sandbox\n", $"  launcher: ecs\n  ecs: {{ taskDefinition: {Family}, container: {Container}, capacityProviders: [FARGATE_SPOT, FARGATE] }}\n", StringComparison.Ordinal)
        .Replace("env:SAFECONSOLE_DEMO_PASSWORD", "ssm:" + Parameter, StringComparison.Ordinal);

    private static Dictionary<string, string> Settings(LocalCloud cloud, string runtime) => new()
    {
        ["Runtime:Directory"] = runtime,
        ["Aws:Region"] = LocalCloud.Region,
        ["Aws:EcsServiceUrl"] = cloud.Address.ToString(),
        ["Aws:SsmServiceUrl"] = cloud.Address.ToString(),
        ["Runners:Ecs:Cluster"] = EcsService.Cluster,
        ["Runners:Ecs:Subnets:0"] = "subnet-1",
        ["Runners:Ecs:SecurityGroups:0"] = "sg-runner",
        ["Runners:Ecs:GatewayName"] = "local-cloud",
        ["Runners:Ecs:GatewayAddress"] = $"unix:{runtime}/link.sock",
    };
}
