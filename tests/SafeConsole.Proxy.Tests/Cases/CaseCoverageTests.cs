namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>No case of the corpus is silently left out: each has a test that names it with its verdict.</summary>
public sealed class CaseCoverageTests
{
    [Fact]
    public void Every_case_of_the_file_has_a_test_for_its_verdict()
    {
        IEnumerable<string> tested =
            from type in typeof(CaseCoverageTests).Assembly.GetTypes()
            from method in type.GetMethods()
            from trait in method.GetCustomAttributesData()
            where trait.AttributeType == typeof(TraitAttribute)
            select $"{trait.ConstructorArguments[0].Value} {trait.ConstructorArguments[1].Value}";
        Assert.Equal(ProtocolCases.All.Select(one => $"{one.Id} {one.Verdict}"), tested.Where(one => one[0] == 'P').Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_line_with_bytes_is_read_as_bytes()
    {
        Assert.Equal(43, ProtocolCases.All.Count);
        Assert.Equal(25, ProtocolCases.All.Count(one => one.Sent.Count > 0));
        Assert.All(ProtocolCases.All, one => Assert.NotEmpty(one.Lines));
        Assert.Equal(ProtocolCases.Of("P05").All.Length, ProtocolCases.Of("P05").All[3]);
    }
}
