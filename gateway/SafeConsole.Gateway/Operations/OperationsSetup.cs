using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Operations;

/// <summary>Health, what runs, and the description of the HTTP API.</summary>
public static class OperationsSetup
{
    /// <summary>Registers them.</summary>
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GatewayClock>().AddSingleton<RecordProbe>();
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "SafeConsole gateway";
            document.Info.Description = "Call it with a bearer token, or with the browser's session cookie and an X-CSRF-TOKEN header. The hub is described in gateway/README.md.";
            return Task.CompletedTask;
        }));
    }

    /// <summary>Maps them.</summary>
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapRunning();
        routes.MapOpenApi().RequirePermission(Permission.Anyone);
    }
}
