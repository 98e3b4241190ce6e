namespace SafeConsole.Runners.Tests;

public sealed class AgentExitTests
{
    [Theory]
    [InlineData(69)]
    [InlineData(70)]
    [InlineData(77)]
    public void Code_of_a_failure_takes_the_agent_s_word_for_it(int code) => Assert.Equal("The gateway is gone.", AgentExit.Reason(code, "The gateway is gone."));

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(137)]
    public void Every_other_end_has_nothing_to_do_with_what_the_agent_wrote_before(int? code) => Assert.Null(AgentExit.Reason(code, "The gateway is gone."));
}
