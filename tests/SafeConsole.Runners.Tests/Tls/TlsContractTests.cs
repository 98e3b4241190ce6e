using SafeConsole.Runners.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Runners.Tests.Tls;

/// <summary>The runner contract, for runners that reach their gateway by TLS.</summary>
public sealed class TlsContractTests : RunnerDatabaseContract
{
    private readonly LinkCertificate certificate = LinkCertificate.For("localhost");

    internal override bool MeasuresUsage => false;

    internal override Task<LinkServer> StartServerAsync() => LinkServer.StartAsync(certificate);

    internal override IRunnerLauncher CreateLauncher(LinkServer server) => new TlsLauncher(server, certificate.Authority, $"https://localhost:{TlsLauncher.Port}");
}
