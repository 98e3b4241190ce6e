using System.Diagnostics;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Runners.Sockets;

namespace SafeConsole.Gateway.Tests.Borders;

public sealed class LinkConnectionTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const int Asked = LinkConnections.MostOfOneRunner + 36;

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

    // Keeps all links that it is given open, with the beginning of a request in each, until standard input ends. Prints how many these are when the rest was closed.
    private const string Keep = """
        import select, socket, sys
        links = []
        for _ in range(int(sys.argv[2])):
            link = socket.socket(socket.AF_UNIX)
            link.connect(sys.argv[1])
            try:
                link.sendall(b"GET /link/")
            except OSError:
                pass
            links.append(link)
        while len(links) > int(sys.argv[3]):
            for closed in select.select(links, [], [], 20)[0] or sys.exit("none was closed"):
                links.remove(closed)
        print(len(links), flush=True)
        sys.stdin.read()
        """;

    [Fact]
    public async Task A_user_who_floods_the_link_socket_gets_a_bounded_number_of_connections()
    {
        var root = Environment.IsPrivilegedProcess;
        string[] command = [.. root ? ["setpriv", "--reuid=299999", "--regid=299999", "--clear-groups"] : Array.Empty<string>(),
            "/usr/bin/python3", "-c", Many, fixture.Gateway.LinkSocket, $"{Asked}"];
        using var flood = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var answered = int.Parse(await flood.StandardOutput.ReadToEndAsync(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(root ? LinkConnections.MostOfOneRunner : Asked, answered);
        using var again = Process.Start(new ProcessStartInfo(command[0], [.. command[1..^1], "1"]) { RedirectStandardOutput = true })!;
        Assert.Equal("1", (await again.StandardOutput.ReadToEndAsync()).Trim());
    }

    [Fact]
    public async Task Runners_that_are_one_user_have_places_of_their_own()
    {
        // Each in a process namespace of its own, as sandboxes are, and the gateway's user, as without root.
        string[] alone = ["unshare", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--user", "--map-current-user"], "--fork", "--pid", "--kill-child", "python3", "-c"];
        using var greedy = Process.Start(new ProcessStartInfo(alone[0], [.. alone[1..], Keep, fixture.Gateway.LinkSocket, $"{Asked}", $"{LinkConnections.MostOfOneRunner}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal($"{LinkConnections.MostOfOneRunner}", await greedy.StandardOutput.ReadLineAsync());

        using var other = Process.Start(new ProcessStartInfo(alone[0], [.. alone[1..], Many, fixture.Gateway.LinkSocket, "10"]) { RedirectStandardOutput = true })!;
        Assert.Equal("10", (await other.StandardOutput.ReadToEndAsync()).Trim());
        greedy.StandardInput.Close();
        await greedy.WaitForExitAsync();
    }

    [Fact]
    public void A_user_has_so_many_places_in_however_many_namespaces()
    {
        Assert.Equal(LinkConnections.MostOfOneRunner, PlacesOf(SocketPeer.Own.User + 1));
        Assert.Equal(LinkConnections.MostOfOwnUser, PlacesOf(SocketPeer.Own.User));

        static int PlacesOf(uint user)
        {
            var connections = new LinkConnections();
            return Enumerable.Range(0, 2 * LinkConnections.MostOfOwnUser).Count(number => connections.TryEnter(new SocketPeer(user, (ulong)number % 100)) is not null);
        }
    }

    [Fact]
    public void A_place_is_free_again_when_it_was_given_back()
    {
        var connections = new LinkConnections();
        var runner = new SocketPeer(SocketPeer.Own.User, 1);
        var places = Enumerable.Range(0, LinkConnections.MostOfOneRunner).Select(_ => connections.TryEnter(runner)!).ToList();
        Assert.Null(connections.TryEnter(runner));
        places.ForEach(place => place.Dispose());
        Assert.Equal(LinkConnections.MostOfOneRunner, Enumerable.Range(0, 2 * LinkConnections.MostOfOneRunner).Count(_ => connections.TryEnter(runner) is not null));
    }
}
