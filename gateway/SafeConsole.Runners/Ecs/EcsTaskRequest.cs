using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.ECS;
using Amazon.ECS.Model;

namespace SafeConsole.Runners.Ecs;

/// <summary>The order for one runner's task.</summary>
internal static class EcsTaskRequest
{
    private const long DiskThatEveryTaskHas = 20L << 30;
    private const int LeastDiskToAskFor = 21;

    /// <summary>On a capacity provider, or by the cluster's default strategy where it is null. The ticket is the one secret in it.</summary>
    public static RunTaskRequest For(RunnerSpec spec, EcsTaskShape shape, EcsOptions options, string? provider) => new()
    {
        Cluster = options.Cluster,
        TaskDefinition = shape.TaskDefinition,
        Count = 1,
        CapacityProviderStrategy = provider is null ? null : [new CapacityProviderStrategyItem { CapacityProvider = provider, Weight = 1 }],
        ClientToken = Token(options.GatewayName, spec.Runner, provider),
        EnableExecuteCommand = false,
        NetworkConfiguration = new NetworkConfiguration
        {
            AwsvpcConfiguration = new AwsVpcConfiguration { Subnets = [.. options.Subnets], SecurityGroups = [.. options.SecurityGroups], AssignPublicIp = AssignPublicIp.DISABLED },
        },
        Overrides = OverridesFor(spec, shape, options),
        PropagateTags = PropagateTags.TASK_DEFINITION,
        StartedBy = EcsLabels.StartedBy(options),
        Tags = [Tag(EcsLabels.Gateway, options.GatewayName), Tag(EcsLabels.Runner, spec.Runner), Tag(EcsLabels.Target, spec.Shape.Target)],
    };

    private static TaskOverride OverridesFor(RunnerSpec spec, EcsTaskShape shape, EcsOptions options)
    {
        var limits = spec.Shape.Limits;
        var size = FargateSize.For(limits);
        return new TaskOverride
        {
            Cpu = size.UnitsText,
            Memory = size.MebibytesText,
            EphemeralStorage = limits.Disk > DiskThatEveryTaskHas ? new EphemeralStorage { SizeInGiB = Math.Max(LeastDiskToAskFor, (int)((limits.Disk + (1L << 30) - 1) >> 30)) } : null,
            ContainerOverrides =
            [
                new ContainerOverride
                {
                    Name = shape.Container,
                    Memory = (int)(limits.Memory >> 20),
                    Environment =
                    [
                        Variable("SAFECONSOLE_GATEWAY", options.GatewayAddress),
                        Variable("SAFECONSOLE_TICKET", spec.Ticket.Secret),
                        // Fargate limits no processes, so the agent does.
                        Variable("SAFECONSOLE_PROCESS_LIMIT", limits.Processes.ToString(CultureInfo.InvariantCulture)),
                    ],
                },
            ],
        };
    }

    // The same for a repeated request, so that a lost answer starts no second task; another for the next provider, whose request differs.
    private static string Token(string gateway, string runner, string? provider) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{gateway}\n{runner}\n{provider}")));

    private static Amazon.ECS.Model.KeyValuePair Variable(string name, string value) => new() { Name = name, Value = value };

    private static Tag Tag(string key, string value) => new() { Key = key, Value = value };
}
