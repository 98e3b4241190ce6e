using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;

namespace SafeConsole.Gateway.Authentication.Demo;

/// <summary>The log-in page of the embedded server: a form without script.</summary>
public static class LoginEndpoints
{
    /// <summary>The page's address.</summary>
    public const string Path = "/account/login";

    /// <summary>Shows the form.</summary>
    public static IResult Show(HttpContext context, IAntiforgery antiforgery, string? returnUrl = null) =>
        Page(context, antiforgery, returnUrl, null, StatusCodes.Status200OK);

    /// <summary>Checks account and password; a failure leaves nothing of an earlier log-in behind.</summary>
    public static async Task<IResult> SubmitAsync(HttpContext context, IAntiforgery antiforgery, LoginThrottle throttle)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Page(context, antiforgery, null, "This form was too old or came from another page. Please try again.", StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string user = form["user"].ToString(), password = form["password"].ToString(), returnUrl = form["returnUrl"].ToString();
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        await context.SignOutAsync(DemoSetup.LoginScheme);
        if (user.Length > 64 || !throttle.TryBegin(user, address))
            return Page(context, antiforgery, returnUrl, "Too many attempts for this account. Wait five minutes and try again.", StatusCodes.Status429TooManyRequests);
        if (Find(user, password) is not { } account)
            return Page(context, antiforgery, returnUrl, "Account and password do not fit together.", StatusCodes.Status401Unauthorized);
        throttle.Succeeded(user, address);
        var identity = new ClaimsIdentity(DemoSetup.LoginScheme);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, account.Name);
        await context.SignInAsync(DemoSetup.LoginScheme, new ClaimsPrincipal(identity));
        return Results.LocalRedirect(IsAuthorization(returnUrl) ? returnUrl : "/sign-in");
    }

    // Every account is compared, each in constant time, so that neither name nor password shows in the time it takes.
    private static DemoAccount? Find(string user, string password)
    {
        DemoAccount? found = null;
        foreach (var account in DemoAccount.All)
        {
            if (Same(account.Name, user) & Same(account.Password, password))
                found = account;
        }

        return found;
    }

    private static bool Same(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    // The log-in serves one purpose: to go on with an authorization request.
    private static bool IsAuthorization(string returnUrl) => returnUrl.StartsWith(DemoSetup.AuthorizePath + "?", StringComparison.Ordinal);

    private static IResult Page(HttpContext context, IAntiforgery antiforgery, string? returnUrl, string? problem, int status)
    {
        var token = antiforgery.GetAndStoreTokens(context);
        context.Response.Headers.CacheControl = "no-store";
        var html = LoginPage.Render(token.FormFieldName, token.RequestToken!, returnUrl ?? "", problem);
        return Results.Text(html, "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}
