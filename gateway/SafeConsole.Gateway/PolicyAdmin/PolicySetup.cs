using SafeConsole.Policies;

namespace SafeConsole.Gateway.PolicyAdmin;

/// <summary>The policies in force, and the watch over their folder.</summary>
public static class PolicySetup
{
    /// <summary>Loads `Policies:Folder`; a folder with errors stops the start.</summary>
    public static async Task AddPoliciesAsync(this WebApplicationBuilder builder)
    {
        var folder = Folder(builder.Configuration);
        if (!Directory.Exists(folder))
            throw new GatewayConfigurationException($"Policies:Folder is {folder}, where there is no folder.");
        builder.Services.AddSingleton(await PolicyStore.OpenAsync(folder));
        builder.Services.AddSingleton<StatementJudge>();
    }

    /// <summary>`Policies:Folder`, absolute; `policies` in the working folder unless configured.</summary>
    public static string Folder(IConfiguration configuration) => Path.GetFullPath(configuration["Policies:Folder"] ?? "policies");
}
