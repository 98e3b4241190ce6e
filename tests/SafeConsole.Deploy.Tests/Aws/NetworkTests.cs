using System.Text.Json.Nodes;

namespace SafeConsole.Deploy.Tests.Aws;

/// <summary>A runner reaches its gateway, and through its interface Fargate what starts it; nothing reaches a runner.</summary>
public sealed class NetworkTests
{
    [Fact]
    public void Runner_gets_out_to_its_gateway_and_to_what_fargate_needs_alone()
    {
        var egress = Template.Properties("RunnerSecurityGroup")["SecurityGroupEgress"]!.AsArray();

        Assert.Equal(
            [
                """tcp {"Ref":"LinkPort"}-{"Ref":"LinkPort"} {"Fn::GetAtt":["GatewaySecurityGroup","GroupId"]}""",
                """tcp 443-443 {"Fn::GetAtt":["EndpointSecurityGroup","GroupId"]}""",
                """tcp 443-443 {"Ref":"S3PrefixList"}""",
            ],
            egress.Select(rule => Told((JsonObject)rule!, "DestinationSecurityGroupId", "DestinationPrefixListId")));
    }

    [Fact]
    public void No_other_resource_lets_a_runner_out_or_anything_to_a_runner()
    {
        Assert.DoesNotContain(Template.Resources, resource => (string)resource.Value!["Type"]! == "AWS::EC2::SecurityGroupEgress");
        Assert.False(Template.Properties("RunnerSecurityGroup").ContainsKey("SecurityGroupIngress"));
        Assert.DoesNotContain(RulesOf("AWS::EC2::SecurityGroupIngress"), rule => rule["GroupId"]!.ToJsonString().Contains("RunnerSecurityGroup", StringComparison.Ordinal));
        // A group whose egress is not said lets everything out.
        Assert.All(RulesOf("AWS::EC2::SecurityGroup"), group => Assert.NotEmpty(group["SecurityGroupEgress"]!.AsArray()));
    }

    [Fact]
    public void Gateway_is_reached_by_browsers_through_the_load_balancer_and_by_runners()
    {
        var links = Template.Properties("GatewayLinkIngress");

        Assert.Equal("""tcp {"Ref":"LinkPort"}-{"Ref":"LinkPort"} {"Fn::GetAtt":["RunnerSecurityGroup","GroupId"]}""", Told(links, "SourceSecurityGroupId"));
        Assert.Equal(
            ["""tcp {"Ref":"BrowserPort"}-{"Ref":"BrowserPort"} {"Ref":"BrowserSecurityGroup"}"""],
            Template.Properties("GatewaySecurityGroup")["SecurityGroupIngress"]!.AsArray().Select(rule => Told((JsonObject)rule!, "SourceSecurityGroupId")));
    }

    [Fact]
    public void Addresses_of_the_whole_internet_are_named_once_for_the_gateways_calls()
    {
        var open = Template.Below(Template.Resources).OfType<JsonObject>().Where(node => (string?)node["CidrIp"] == "0.0.0.0/0").ToList();

        var rule = Assert.Single(open);
        Assert.Equal((443L, 443L), ((long)rule["FromPort"]!, (long)rule["ToPort"]!));
        Assert.Contains(Template.Properties("GatewaySecurityGroup")["SecurityGroupEgress"]!.AsArray(), egress => ReferenceEquals(egress, rule));
        Assert.DoesNotContain(Template.Below(Template.Resources).OfType<JsonObject>(), node => node.ContainsKey("CidrIpv6"));
    }

    private static IEnumerable<JsonObject> RulesOf(string type) =>
        Template.Resources.Where(resource => (string)resource.Value!["Type"]! == type).Select(resource => (JsonObject)resource.Value!["Properties"]!);

    private static string Told(JsonObject rule, params string[] ends)
    {
        var end = Assert.Single(rule, member => ends.Contains(member.Key) || member.Key.StartsWith("Cidr", StringComparison.Ordinal));
        return $"{rule["IpProtocol"]} {rule["FromPort"]!.ToJsonString()}-{rule["ToPort"]!.ToJsonString()} {end.Value!.ToJsonString()}";
    }
}
