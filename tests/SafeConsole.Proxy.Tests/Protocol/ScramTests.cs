using SafeConsole.Proxy.Postgres.Replicas;

namespace SafeConsole.Proxy.Tests.Protocol;

/// <summary>SCRAM against a server that lies. That it agrees with an honest one is shown by every test on a real server.</summary>
public sealed class ScramTests
{
    [Theory]
    [InlineData("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")] // not our nonce
    [InlineData("r=nonce,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")] // nothing added to it
    [InlineData("r=nonceX,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0")]
    [InlineData("r=nonceX,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=999999999")]
    [InlineData("r=nonceX,s=***,i=4096")]
    [InlineData("r=nonceX,i=4096")]
    [InlineData("")]
    public void Malformed_challenge_is_refused(string challenge) =>
        Assert.Throws<ReplicaFailedException>(() => Client().Continue(challenge));

    [Theory]
    [InlineData("v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("e=other-error")]
    [InlineData("")]
    public void Server_that_does_not_know_the_password_is_refused(string final)
    {
        ScramClient client = Client();
        client.Continue("r=nonceX,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        Assert.Throws<ReplicaFailedException>(() => client.Finish(final));
    }

    [Fact]
    public void Final_message_before_the_challenge_is_refused() =>
        Assert.Throws<ReplicaFailedException>(() => Client().Finish("v=AAAA"));

    [Fact]
    public void Channel_binding_is_used_where_it_is_offered_and_announced_where_it_is_not()
    {
        ScramClient bound = ScramClient.Choose([ScramClient.Plain, ScramClient.Bound], [1, 2], "p", "n");
        Assert.Equal((ScramClient.Bound, "p=tls-server-end-point,,n=,r=n"), (bound.Mechanism, bound.First));
        Assert.Equal("y,,n=,r=n", ScramClient.Choose([ScramClient.Plain], [1, 2], "p", "n").First);
        Assert.Equal("n,,n=,r=n", ScramClient.Choose([ScramClient.Plain], null, "p", "n").First);
        Assert.Throws<ReplicaFailedException>(() => ScramClient.Choose(["OAUTHBEARER"], null, "p", "n"));
    }

    private static ScramClient Client() => ScramClient.Choose([ScramClient.Plain], null, "pencil", "nonce");
}
