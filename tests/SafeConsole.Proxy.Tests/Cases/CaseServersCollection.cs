namespace SafeConsole.Proxy.Tests.Cases;

[CollectionDefinition(CaseServers.Collection)]
public sealed class CaseServersCollection : ICollectionFixture<CaseServers>;
