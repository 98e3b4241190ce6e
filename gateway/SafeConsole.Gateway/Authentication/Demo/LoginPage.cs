using System.Text.Encodings.Web;

namespace SafeConsole.Gateway.Authentication.Demo;

/// <summary>The log-in page's HTML. Everything that varies is encoded.</summary>
public static class LoginPage
{
    /// <summary>The whole page: a form without script, what the demo is, and its accounts.</summary>
    public static string Render(string tokenField, string token, string returnUrl, string? problem) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Sign in to SafeConsole (demo)</title>
        <style>{{Style}}</style>
        </head>
        <body>
        <main>
        <h1>SafeConsole <span class="tag">demo</span></h1>
        <p>This is a demonstration on this machine alone. The accounts below are made up and their passwords are published, so SafeConsole serves
        them on loopback addresses only. In production people sign in at your own identity provider and this page does not exist.</p>
        {{(problem is null ? "" : $"<p class=\"problem\" role=\"alert\">{Encode(problem)}</p>")}}
        <form method="post" action="{{LoginEndpoints.Path}}">
        <input type="hidden" name="{{Encode(tokenField)}}" value="{{Encode(token)}}">
        <input type="hidden" name="returnUrl" value="{{Encode(returnUrl)}}">
        <label for="user">Account</label>
        <input id="user" name="user" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required autofocus>
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required>
        <button type="submit">Sign in</button>
        </form>
        <table>
        <caption>Demo accounts</caption>
        <thead><tr><th scope="col">Account</th><th scope="col">Password</th><th scope="col">Who</th></tr></thead>
        <tbody>{{string.Concat(DemoAccount.All.Select(Row))}}</tbody>
        </table>
        </main>
        </body>
        </html>
        """;

    private const string Style = """
        :root{color-scheme:light dark;--page:#fafaf8;--surface:#fff;--line:#e2e2dd;--edge:#8c8f94;--accent:#3154cf;--ink:#fff;--denied:#b3261e}
        @media(prefers-color-scheme:dark){:root{--page:#131518;--surface:#191c20;--line:#2b3037;--edge:#767d87;--accent:#97abf5;--ink:#101214;--denied:#ff8f85}}
        body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;background:var(--page)}
        main{width:min(26rem,calc(100vw - 2rem));padding:1.5rem 0}
        h1{font-size:1.5rem;margin:0 0 .5rem}.tag{font-size:.75rem;border:1px solid;border-radius:1rem;padding:.1rem .6rem;vertical-align:middle}
        label{display:block;margin:.75rem 0 .25rem;font-weight:600}
        input:not([type=hidden]),button{width:100%;box-sizing:border-box;font:inherit;padding:.5rem .75rem;border-radius:.375rem;border:1px solid var(--edge);background:var(--surface)}
        button{margin-top:1rem;background:var(--accent);color:var(--ink);border-color:transparent;font-weight:600;cursor:pointer}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        .problem{border-left:4px solid var(--denied);padding:.25rem .75rem}
        table{width:100%;border-collapse:collapse;margin-top:1.5rem}caption{text-align:left;font-weight:600}
        th,td{text-align:left;border-top:1px solid var(--line);padding:.25rem .5rem .25rem 0}td:nth-child(-n+2){font-family:ui-monospace,monospace}
        """;

    private static string Row(DemoAccount account) =>
        $"<tr><td>{Encode(account.Name)}</td><td>{Encode(account.Password)}</td><td>{Encode(account.Title)}</td></tr>";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
