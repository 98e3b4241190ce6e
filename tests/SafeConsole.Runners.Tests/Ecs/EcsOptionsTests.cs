using SafeConsole.Runners.Ecs;

namespace SafeConsole.Runners.Tests.Ecs;

public sealed class EcsOptionsTests
{
    [Fact]
    public void Every_wrong_option_is_told_in_a_sentence()
    {
        var options = new EcsOptions
        {
            Cluster = "", Subnets = [], SecurityGroups = [], GatewayName = "a gateway", GatewayAddress = "http://gateway:8444", ServiceUrl = "nowhere", LaunchTimeout = TimeSpan.Zero,
        };

        var failures = new EcsOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Equal(["Cluster", "Subnets", "SecurityGroups", "GatewayName", "GatewayAddress", "ServiceUrl", "LaunchTimeout"], failures.Select(failure => failure.Split(' ')[0]));
        Assert.All(failures, failure => Assert.EndsWith(".", failure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://gateway.internal:8444", true)]
    [InlineData("https://user@gateway.internal:8444", false)]
    [InlineData("https://gateway.internal:8444/links", false)]
    [InlineData("http://gateway.internal:8444", false)]
    [InlineData("gateway.internal:8444", false)]
    public void Runners_link_by_tls_alone(string address, bool good)
    {
        var options = new EcsOptions { Cluster = "c", Subnets = ["s"], SecurityGroups = ["g"], GatewayName = "one", GatewayAddress = address };

        Assert.Equal(good, new EcsOptionsValidator().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData(0.25, 512, 256, 512)]
    [InlineData(0.25, 513, 256, 1024)]
    [InlineData(1, 512, 1024, 2048)]
    [InlineData(0.5, 4097, 1024, 5120)]
    [InlineData(3, 1024, 4096, 8192)]
    [InlineData(16, 65536, 16384, 65536)]
    public void Task_has_the_smallest_size_that_holds_the_limits(double processors, long mebibytes, int units, int size) =>
        Assert.Equal(new FargateSize(units, size), FargateSize.For(new RunnerLimits(mebibytes << 20, 1, 1, processors)));

    [Fact]
    public void Limits_above_every_size_are_a_sentence() =>
        Assert.StartsWith("ECS: no Fargate task has 17 processors", Assert.Throws<RunnerLaunchException>(() => FargateSize.For(new RunnerLimits(1 << 30, 1, 1, 17))).Message, StringComparison.Ordinal);

    [Fact]
    public void Looks_become_rarer_with_failures_up_to_a_limit()
    {
        var pace = new EcsPollPace(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));

        Assert.InRange(pace.Next(changing: true, failures: 0).TotalSeconds, 0.8, 1.2);
        Assert.InRange(pace.Next(changing: false, failures: 0).TotalSeconds, 4, 6);
        Assert.InRange(pace.Next(changing: true, failures: 4).TotalSeconds, 12.8, 19.2);
        Assert.InRange(pace.Next(changing: false, failures: 1000).TotalSeconds, 48, 72);
    }
}
