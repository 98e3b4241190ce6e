using System.Security.Cryptography;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SafeConsole.Gateway.Authentication.Demo;

/// <summary>The clients that the embedded server knows: the gateway's own pages, and two scripts with published secrets.</summary>
public sealed class DemoClients(IOpenIddictApplicationManager applications, IdentityProvider provider)
{
    /// <summary>The gateway's own client id.</summary>
    public const string Web = "safeconsole-web";

    /// <summary>The audience of tokens for the gateway.</summary>
    public const string Audience = "safeconsole";

    /// <summary>Client id, secret and group of the scripts.</summary>
    public static IReadOnlyDictionary<string, (string Secret, string Group)> Scripts { get; } = new Dictionary<string, (string, string)>
    {
        ["demo-script"] = ("demo-script-secret", "safeconsole-developers"),
        ["demo-script-reviewer"] = ("demo-script-reviewer-secret", "safeconsole-reviewers"),
        ["demo-script-sre"] = ("demo-script-sre-secret", "safeconsole-sres"),
    };

    /// <summary>A fresh secret for the gateway's own client; it lives in memory and changes with every start.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Writes the clients to the store, replacing what an earlier start left.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var web = new OpenIddictApplicationDescriptor
        {
            ClientId = Web,
            ClientSecret = provider.ClientSecret,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            RedirectUris = { new Uri(provider.Issuer, OpenIdConnectSetup.CallbackPath) },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        web.Permissions.UnionWith(
        [
            Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode,
            Permissions.ResponseTypes.Code, Permissions.Scopes.Profile, Permissions.Prefixes.Scope + "groups",
        ]);
        await PutAsync(web, cancellationToken);
        foreach (var (id, script) in Scripts)
        {
            var descriptor = new OpenIddictApplicationDescriptor { ClientId = id, ClientSecret = script.Secret, ClientType = ClientTypes.Confidential };
            descriptor.Permissions.UnionWith([Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials]);
            await PutAsync(descriptor, cancellationToken);
        }
    }

    private async Task PutAsync(OpenIddictApplicationDescriptor descriptor, CancellationToken cancellationToken)
    {
        if (await applications.FindByClientIdAsync(descriptor.ClientId!, cancellationToken) is { } known)
            await applications.UpdateAsync(known, descriptor, cancellationToken);
        else
            await applications.CreateAsync(descriptor, cancellationToken);
    }
}
