using System.Threading.RateLimiting;

namespace SafeConsole.Gateway.Authentication;

/// <summary>Bounds how often one address may begin or finish a sign-in, since each begun one writes to the database before anybody is known.</summary>
public static class SignInLimit
{
    /// <summary>The rate limit's name.</summary>
    public const string Name = "sign-in";

    /// <summary>Requests from one address in one minute; beyond that they are answered 429.</summary>
    public const int PerMinute = 120;

    /// <summary>Registers it.</summary>
    public static void AddSignInLimit(this IServiceCollection services) =>
        services.AddRateLimiter(limits => limits.AddPolicy(Name, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new() { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) })).RejectionStatusCode = StatusCodes.Status429TooManyRequests);
}
