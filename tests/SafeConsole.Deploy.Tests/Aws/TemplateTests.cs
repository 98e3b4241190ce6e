using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SafeConsole.Deploy.Tests.Aws;

/// <summary>The template is one that CloudFormation takes: against the official specification, and in itself.</summary>
public sealed partial class TemplateTests
{
    private static readonly string[] Pseudo = ["AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix", "AWS::NoValue", "AWS::StackName"];
    private static readonly string[] Functions = ["Fn::Equals", "Fn::GetAtt", "Fn::Join", "Fn::Sub"];

    public static TheoryData<string> ResourceNames => new(Template.Resources.Select(resource => resource.Key));

    [Theory, MemberData(nameof(ResourceNames))]
    public void Resource_has_the_properties_of_its_type(string resource) =>
        Assert.Empty(Specification.Problems((string)Template.Resources[resource]!["Type"]!, Template.Resources[resource]!["Properties"]));

    [Fact]
    public void Every_reference_leads_to_a_parameter_or_a_resource()
    {
        var names = Template.Below(Template.Root).OfType<JsonObject>().SelectMany(Referenced).ToList();

        Assert.NotEmpty(names);
        Assert.Empty(names.Where(name => !Pseudo.Contains(name) && !Template.Parameters.ContainsKey(name) && !Template.Resources.ContainsKey(name)).Distinct());
    }

    [Fact]
    public void Every_attribute_is_one_of_its_resource()
    {
        var attributes = Template.Below(Template.Root).OfType<JsonObject>().Where(node => node.ContainsKey("Fn::GetAtt")).Select(node => node["Fn::GetAtt"]!.AsArray()).ToList();

        Assert.NotEmpty(attributes);
        Assert.All(attributes, attribute =>
            Assert.NotNull(Specification.TypeOf((string)Template.Resources[(string)attribute[0]!]!["Type"]!)!["Attributes"]![(string)attribute[1]!]));
    }

    [Fact]
    public void Every_condition_is_there_and_every_parameter_used()
    {
        var conditions = Template.Resources.Select(resource => (string?)resource.Value!["Condition"]).OfType<string>().Distinct();
        Assert.Equal(((JsonObject)Template.Root["Conditions"]!).Select(condition => condition.Key), conditions);

        var used = Template.Below(Template.Root).OfType<JsonObject>().SelectMany(Referenced).ToHashSet();
        Assert.DoesNotContain(Template.Parameters, parameter => !used.Contains(parameter.Key));
    }

    [Fact]
    public void Nothing_is_used_that_cloudformation_does_not_read()
    {
        var functions = Template.Below(Template.Root).OfType<JsonObject>().SelectMany(node => node.Select(member => member.Key)).Where(name => name.StartsWith("Fn::", StringComparison.Ordinal)).Distinct();
        Assert.Empty(functions.Except(Functions));
        // It knows no anchors and no aliases.
        Assert.DoesNotMatch(@"(?m)^[^#""]*:\s+[&*]\w", File.ReadAllText(Template.Path));
    }

    private static IEnumerable<string> Referenced(JsonObject node)
    {
        if (node["Ref"] is JsonValue name)
            yield return (string)name!;
        if (node["Fn::GetAtt"] is JsonArray attribute)
            yield return (string)attribute[0]!;
        if (node["Fn::Sub"] is JsonValue text)
        {
            foreach (Match variable in Variable().Matches((string)text!))
                yield return variable.Groups[1].Value.Split('.')[0];
        }
    }

    [GeneratedRegex(@"\$\{([A-Za-z0-9:.]+)\}")]
    private static partial Regex Variable();
}
