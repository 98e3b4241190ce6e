namespace SafeConsole.Gateway.Borders;

/// <summary>What every request passes before its route, in this order.</summary>
public static class BorderSetup
{
    /// <summary>Adds the borders, authentication and authorization.</summary>
    public static void UseBorders(this WebApplication app, bool demo)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages();
        app.UseMiddleware<OriginBorder>();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15) });
        app.UseRouting();
        app.UseMiddleware<SocketBorder>();
        if (demo)
            app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<CookieBorder>();
        app.UseAuthorization();
    }
}
