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
        builder.Services.AddSingleton(await OpenAsync(folder));
        builder.Services.AddSingleton<StatementJudge>().AddSingleton<PolicyWatcher>();
        builder.Services.AddSingleton(builder.Configuration.GetSection("Policies").Get<PolicyWatcherOptions>() ?? new PolicyWatcherOptions());
        builder.Services.AddHostedService<PolicyWatch>();
    }

    /// <summary>`Policies:Folder`, absolute; `policies` in the working folder unless configured.</summary>
    public static string Folder(IConfiguration configuration) => Path.GetFullPath(configuration["Policies:Folder"] ?? "policies");

    private static async Task<PolicyStore> OpenAsync(string folder)
    {
        try
        {
            return await PolicyStore.OpenAsync(folder);
        }
        catch (PolicyInvalidException invalid)
        {
            throw new GatewayConfigurationException($"The policies in {folder} are not valid:{string.Concat(invalid.Problems.Select(problem => $"\n  {problem}"))}");
        }
    }
}
