using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Tests.Hosting;

namespace SafeConsole.Gateway.Tests.Authentication;

/// <summary>Lists every route and hub method that there is, and calls each without sign-in and with every role that must not.</summary>
public sealed class PermissionTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private TestGateway Gateway => fixture.Gateway;

    private IReadOnlyList<RouteEndpoint> Routes =>
        [.. Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    [Fact]
    public void Every_route_names_exactly_one_permission()
    {
        Assert.True(Routes.Count > 20);
        Assert.All(Routes, route => Assert.True(route.Metadata.OfType<RequirePermissionAttribute>().Count() == 1, $"{route.DisplayName} names no permission"));
    }

    [Fact]
    public async Task Every_route_refuses_anonymous_callers_unless_it_says_otherwise()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Gateway.Origin) };
        foreach (var (route, method, permission) in Calls().Where(call => call.Permission is not (Permission.Anyone or Permission.RunnerLink)))
        {
            using var answer = await http.SendAsync(RequestTo(route, method));
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {route.RoutePattern.RawText} ({permission}) answers an anonymous caller with {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData(Role.Developer)]
    [InlineData(Role.Reviewer)]
    [InlineData(Role.Sre)]
    public async Task Every_route_refuses_roles_without_its_permission(Role role)
    {
        await using var script = await OfAsync(role);
        var refused = 0;
        foreach (var (route, method, permission) in Calls().Where(call => !RolePermissions.Allow([role], call.Permission) && call.Permission != Permission.RunnerLink))
        {
            using var answer = await script.Http.SendAsync(RequestTo(route, method));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {route.RoutePattern.RawText} ({permission}) answers a {role} with {answer.StatusCode}");
            refused++;
        }

        Assert.NotEqual(0, refused);
    }

    [Fact]
    public async Task A_route_that_names_no_permission_is_refused_to_everybody()
    {
        await using var gateway = await TestGateway.StartAsync(map: app => app.MapGet("/api/forgotten", () => "secret"));
        await using var script = await Script.SreAsync(gateway);
        using var answer = await script.Http.GetAsync("/api/forgotten");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public void Every_hub_method_names_its_permission() =>
        Assert.All(HubMethods, method => Assert.NotNull(method.GetCustomAttribute<RequirePermissionAttribute>()));

    [Fact]
    public async Task The_hub_refuses_anonymous_callers()
    {
        await using var hub = new HubConnectionBuilder().WithUrl($"{Gateway.Origin}{ConsoleSetup.HubPath}").Build();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData(Role.Developer)]
    [InlineData(Role.Reviewer)]
    [InlineData(Role.Sre)]
    public async Task Every_hub_method_refuses_roles_without_its_permission(Role role)
    {
        await using var script = await OfAsync(role);
        var hub = await script.HubAsync();
        foreach (var method in HubMethods)
        {
            var permission = method.GetCustomAttribute<RequirePermissionAttribute>()!.Permission;
            var refused = await Assert.ThrowsAsync<HubException>(() => CallAsync(hub, method));
            // Whoever has the permission gets further, to a session that does not exist.
            var expected = RolePermissions.Allow([role], permission) ? "no such session" : "You may not do this.";
            Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<MethodInfo> HubMethods =>
        typeof(ConsoleHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName);

    private static async Task CallAsync(HubConnection hub, MethodInfo method)
    {
        var id = Guid.CreateVersion7().ToString();
        object[] arguments = [.. method.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken)).Select(parameter => ValueFor(parameter, id))];
        if (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
        {
            await foreach (var _ in hub.StreamAsyncCore<object>(method.Name, arguments))
                Assert.Fail($"{method.Name} gave something of a session that does not exist.");
            return;
        }

        await hub.InvokeCoreAsync(method.Name, arguments);
        // Acknowledging what was never sent does nothing, and says nothing.
        if (method.Name == nameof(ConsoleHub.Acknowledge))
            throw new HubException("no such session");
    }

    private static object ValueFor(ParameterInfo parameter, string id) =>
        parameter.ParameterType == typeof(string) ? id
        : parameter.ParameterType == typeof(byte[]) ? "x"u8.ToArray()
        : parameter.ParameterType == typeof(long) ? 1L
        : (object)80;

    private IEnumerable<(RouteEndpoint Route, string Method, Permission Permission)> Calls() =>
        from route in Routes
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (route, method, route.Metadata.GetRequiredMetadata<RequirePermissionAttribute>().Permission);

    private static HttpRequestMessage RequestTo(RouteEndpoint route, string method)
    {
        var path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : Guid.CreateVersion7().ToString()))));
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        return request;
    }

    private Task<Script> OfAsync(Role role) => role switch
    {
        Role.Developer => Script.DeveloperAsync(Gateway),
        Role.Reviewer => Script.ReviewerAsync(Gateway),
        _ => Script.SreAsync(Gateway),
    };
}
