using SafeConsole.Gateway.Secrets;
using SafeConsole.Runners;
using SafeConsole.Runners.Ecs;

namespace SafeConsole.Gateway.Console;

/// <summary>The ECS launcher, where section `Runners:Ecs` is there.</summary>
public static class EcsSetup
{
    /// <summary>Registers it. Throws <see cref="GatewayConfigurationException"/> for a section that is not as it should be.</summary>
    public static void AddEcs(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Runners:Ecs");
        if (!section.Exists())
            return;
        var aws = AwsOptions.Of(builder.Configuration);
        var options = new EcsOptions
        {
            Cluster = section["Cluster"] ?? "",
            Subnets = section.GetSection("Subnets").Get<string[]>() ?? [],
            SecurityGroups = section.GetSection("SecurityGroups").Get<string[]>() ?? [],
            GatewayName = section["GatewayName"] ?? "",
            GatewayAddress = section["GatewayAddress"] ?? "",
            Region = aws.Region,
            ServiceUrl = aws.EcsServiceUrl,
            LaunchTimeout = TimeSpan.FromSeconds(section.GetValue("LaunchSeconds", 300)),
        };
        if (new EcsOptionsValidator().Validate(null, options) is { Failed: true } problem)
            throw new GatewayConfigurationException($"Section Runners:Ecs: {problem.FailureMessage}");
        builder.Services.AddSingleton(options).AddSingleton<IRunnerLauncher, EcsLauncher>();
    }
}
