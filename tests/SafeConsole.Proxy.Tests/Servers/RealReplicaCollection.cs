namespace SafeConsole.Proxy.Tests.Servers;

[CollectionDefinition(RealReplica.Collection)]
public sealed class RealReplicaCollection : ICollectionFixture<RealReplica>;
