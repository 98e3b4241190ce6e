using SafeConsole.Proxy.Tests.Support;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>What tests of search_path share: a function `peek` that reads in the schema public and locks in the schema `other`, and `look`, which calls whichever it finds.</summary>
public abstract class PathTests(RealReplica replica) : IAsyncLifetime
{
    /// <summary>The servers.</summary>
    protected RealReplica Replica { get; } = replica;

    /// <inheritdoc/>
    public virtual Task InitializeAsync() => Replica.Cluster.ExecuteAsync("""
        CREATE SCHEMA other;
        GRANT USAGE ON SCHEMA other TO safe_reader;
        CREATE FUNCTION public.peek() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION other.peek() RETURNS int LANGUAGE sql AS 'SELECT pg_advisory_lock(7); SELECT 2';
        CREATE FUNCTION public.look() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN peek(); END';
        """);

    /// <inheritdoc/>
    public virtual Task DisposeAsync() => Replica.Cluster.ExecuteAsync("DROP SCHEMA other CASCADE; DROP FUNCTION public.peek(), public.look()");

    /// <summary>A client that was let in.</summary>
    private protected Task<WireClient> StartAsync(ProxyHost proxy) => WireClient.StartAsync(proxy.Port, Replica.Cluster.Database);
}
