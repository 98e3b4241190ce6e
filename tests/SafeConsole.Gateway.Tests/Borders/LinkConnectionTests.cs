using System.Diagnostics;
using SafeConsole.Gateway.Tests.Hosting;

namespace SafeConsole.Gateway.Tests.Borders;

public sealed class LinkConnectionTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const int Asked = LinkConnections.MostOfOneUser + 36;

    // Runs as a user of its own, as a runner does where the gateway is root; elsewhere all users are one and the bound is that of all runners.
    private const string Many = """
        import socket, sys
        links = [socket.socket(socket.AF_UNIX) for _ in range(int(sys.argv[2]))]
        answered = 0
        for link in links:
            link.settimeout(20)
            link.connect(sys.argv[1])
        for link in links:
            try:
                link.sendall(b"GET /link/terminal HTTP/1.1\r\nHost: gateway\r\n\r\n")
            except OSError:
                pass
        for link in links:
            try:
                answered += len(link.recv(100)) > 0
            except OSError:
                pass
        print(answered)
        """;

    [Fact]
    public async Task A_user_who_floods_the_link_socket_gets_a_bounded_number_of_connections()
    {
        var root = Environment.IsPrivilegedProcess;
        string[] command = [.. root ? ["setpriv", "--reuid=299999", "--regid=299999", "--clear-groups"] : Array.Empty<string>(),
            "/usr/bin/python3", "-c", Many, fixture.Gateway.LinkSocket, $"{Asked}"];
        using var flood = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var answered = int.Parse(await flood.StandardOutput.ReadToEndAsync(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(root ? LinkConnections.MostOfOneUser : Asked, answered);
        using var again = Process.Start(new ProcessStartInfo(command[0], [.. command[1..^1], "1"]) { RedirectStandardOutput = true })!;
        Assert.Equal("1", (await again.StandardOutput.ReadToEndAsync()).Trim());
    }
}
