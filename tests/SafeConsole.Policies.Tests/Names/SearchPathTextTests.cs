using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Tests.Names;

/// <summary>The setting's text is split as the server splits it.</summary>
public sealed class SearchPathTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("public", "public")]
    [InlineData("\"$user\", public", "$user|public")]
    [InlineData(" A ,\"B c\", \"d\"\"e\" ", "a|B c|d\"e")]
    [InlineData("\"\"", "")]
    [InlineData("a.b,c-d", "a.b|c-d")]
    public void Names_are_split_and_folded(string text, string names) => Assert.Equal(names, string.Join('|', SearchPathText.Split(text)!));

    [Theory]
    [InlineData(",")]
    [InlineData("a,")]
    [InlineData("a b")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    public void What_the_server_refuses_is_no_list(string text) => Assert.Null(SearchPathText.Split(text));

    [Fact]
    public void A_long_name_is_cut_at_63_bytes() => Assert.Equal(new string('a', 61) + "é", SearchPathText.Split(new string('a', 61) + "éx")![0]);

    [Fact]
    public async Task A_name_as_long_as_a_text_may_be_is_cut_at_once() =>
        Assert.Equal(new string('a', 63), (await Task.Run(() => SearchPathText.Split(new string('a', 1024 * 1024))).WaitAsync(TimeSpan.FromSeconds(10)))![0]);

    [Fact]
    public void A_long_name_is_cut_between_characters() => Assert.Equal(new string('a', 60), SearchPathText.Split(new string('a', 60) + "\U0001F600")![0]);

    [Fact]
    public void Joined_names_are_split_into_the_same() => Assert.Equal(["a", "B \"c\"", ""], SearchPathText.Split(SearchPathText.Join(["a", "B \"c\"", ""])));
}
