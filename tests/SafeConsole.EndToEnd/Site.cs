using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd;

/// <summary>SafeConsole as a whole, once for all end-to-end tests: primary, hot standby, published gateway, and a Chromium.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly string[] ChromiumArguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The databases.</summary>
    public PostgresCluster Cluster { get; private set; } = null!;

    /// <summary>The gateway on its own port.</summary>
    public RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cluster = await PostgresCluster.StartAsync(PostgresCluster.RecipesFile);
        Gateway = await RunningGateway.StartAsync(Cluster);
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ChromiumArguments });
    }

    /// <summary>A browser window of its own, nobody signed in.</summary>
    public async Task<Visitor> VisitAsync(int width = 1280, int height = 800, [CallerMemberName] string test = "")
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Gateway.Address.ToString(), ViewportSize = new ViewportSize { Width = width, Height = height }, Locale = "en-GB", TimezoneId = "Europe/Oslo",
        });
        context.SetDefaultTimeout(20_000);
        return new Visitor(context, await context.NewPageAsync(), test);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
        playwright?.Dispose();
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }
    }
}
