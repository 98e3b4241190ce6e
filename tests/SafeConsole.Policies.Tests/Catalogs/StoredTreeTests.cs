using SafeConsole.Policies.Catalogs.Trees;

namespace SafeConsole.Policies.Tests.Catalogs;

/// <summary>pg_node_tree text is read whole, or not at all: nobody's choice of names can hide a part of it.</summary>
public sealed class StoredTreeTests
{
    [Fact]
    public void A_node_has_its_fields_in_order()
    {
        StoredNode tree = StoredTreeReader.Read("{FUNCEXPR :funcid 12 :args ({VAR :varno 1} {CONST :constvalue 4 [ 1 0 0 -1 ] :location 3}) :names (\"a\" \"b\\ c\") :x <>}")!;

        Assert.Equal("FUNCEXPR", tree.Label);
        Assert.Equal(["funcid", "args", "names", "x"], tree.Fields.Select(field => field.Name));
        Assert.Equal("12", tree.Field("funcid")!.Word);
        Assert.Equal(["VAR", "CONST"], tree.Field("args")!.Items.Select(item => item.Label));
        Assert.Equal("3", tree.Field("args")!.Items[1].Field("location")!.Word);
        Assert.Equal("<>", tree.Field("x")!.Word);
    }

    [Fact]
    public void A_name_that_looks_like_a_bracket_hides_nothing()
    {
        StoredNode tree = StoredTreeReader.Read("({TARGETENTRY :resname [ :resno 1} {TARGETENTRY :expr {FUNCEXPR :funcid 99} :resname :funcid\\ 1 :resno 2} {TARGETENTRY :resname ] :resno 3})")!;

        Assert.Equal(3, tree.Items.Count);
        Assert.Equal("99", tree.Items[1].Field("expr")!.Field("funcid")!.Word);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{A :b 1")]
    [InlineData("({A :b 1}")]
    [InlineData("{A :b 1})")]
    [InlineData("{A b}")]
    [InlineData("{A :b (}")]
    public void What_is_not_whole_is_no_tree(string text) => Assert.Null(StoredTreeReader.Read(text));

    [Fact]
    public void A_tree_that_is_too_deep_is_none() => Assert.Null(StoredTreeReader.Read(string.Concat(Enumerable.Repeat("(", 5_000)) + string.Concat(Enumerable.Repeat(")", 5_000))));
}
