using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Proving;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>When replaying what had been received shows that the lag only seemed too long.</summary>
public sealed class ReplicaStateTests
{
    private static readonly ReplicaState Behind = At("0/1DAC0510", "0/1DAC0638", "2026-11-29 10:00:00+00");

    [Theory]
    [InlineData("0/1DAC0638", "2026-11-29 10:00:00+00", true)]
    [InlineData("1/0", "2026-11-29 10:00:00+00", true)]
    [InlineData("0/1DAC0600", "2026-11-29 10:00:00+00", false)]
    [InlineData("0/1DAC0638", "2026-11-29 10:00:07+00", false)] // a transaction of hours ago was replayed: there are more
    [InlineData("0/1DAC0638", null, false)]
    [InlineData(null, "2026-11-29 10:00:00+00", false)]
    [InlineData("nowhere", "2026-11-29 10:00:00+00", false)]
    public void Replayed_without_a_transaction_is_caught_up(string? replayed, string? transaction, bool expected) =>
        Assert.Equal(expected, At(replayed, "0/1DAC0700", transaction).HasCaughtUpWith(Behind));

    [Theory]
    [InlineData("63.482", "0/1DAC0638", true)]
    [InlineData("60", "0/1DAC0638", false)]
    [InlineData(null, "0/1DAC0638", true)]
    [InlineData("63.482", null, false)]
    public void Only_a_lag_beyond_the_limit_with_a_running_receiver_is_waited_for(string? lag, string? received, bool expected) =>
        Assert.Equal(expected, Row(lag, "0/1DAC0510", received, null).MayCatchUp(new ProofPolicy(true, true, TimeSpan.FromSeconds(60))));

    private static ReplicaState At(string? replayed, string? received, string? transaction) => Row("63.482", replayed, received, transaction);

    private static ReplicaState Row(string? lag, string? replayed, string? received, string? transaction) => ReplicaState.Read(
        ["t", lag, replayed, "on", "on", "1", "1", "1", "on", "UTF8", "safe_reader", "f", "15.0", "public", "7", "0", received, transaction]);
}
