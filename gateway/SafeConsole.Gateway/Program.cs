using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Authentication.Demo;
using SafeConsole.Gateway.Borders;
using SafeConsole.Gateway.Commands;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Data;
using SafeConsole.Gateway.Operations;
using SafeConsole.Gateway.Pages;
using SafeConsole.Gateway.PolicyAdmin;
using SafeConsole.Gateway.Review;

namespace SafeConsole.Gateway;

/// <summary>The gateway: what it is made of, in order.</summary>
public static class Program
{
    /// <summary>Runs a command, or the gateway until it is stopped; 1 when it must not start as configured.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (await CommandLine.RunAsync(args) is { } exitCode)
            return exitCode;
        try
        {
            await using var app = await BuildAsync(args);
            await app.RunAsync();
            return 0;
        }
        catch (GatewayConfigurationException refused)
        {
            await System.Console.Error.WriteLineAsync($"The gateway does not start: {refused.Message}");
            return 1;
        }
    }

    /// <summary>Builds the gateway; <paramref name="configure"/> lets tests put fakes in place.</summary>
    public static async Task<WebApplication> BuildAsync(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("SafeConsole__").AddCommandLine(args);
        var demo = DemoSetup.IsDemo(builder.Configuration);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddProblemDetails();
        builder.AddListeners(demo);
        builder.AddGatewayDatabase();
        builder.AddGatewayAuthentication(demo);
        await builder.AddPoliciesAsync();
        builder.AddTranscripts();
        builder.AddConsole();
        builder.AddOperations();
        configure?.Invoke(builder);

        var app = builder.Build();
        await app.MigrateDatabaseAsync();
        if (demo)
            await app.SeedDemoClientsAsync();
        app.OpenLinkSocket();
        app.UseBorders();

        app.MapSignIn();
        if (demo)
            app.MapDemoIdentityProvider();
        app.MapConsole();
        app.MapReview();
        app.MapPolicies();
        app.MapOperations();
        app.MapWebPages();
        return app;
    }
}
