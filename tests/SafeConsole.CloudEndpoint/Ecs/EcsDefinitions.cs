using System.Text.Json.Nodes;

namespace SafeConsole.CloudEndpoint.Ecs;

/// <summary>The task definitions of the account: families with revisions, each with one container.</summary>
internal sealed class EcsDefinitions(string account)
{
    private readonly Dictionary<string, List<(string Container, string Image)>> families = [];

    public string Add(string family, string container, string image)
    {
        if (!families.TryGetValue(family, out var revisions))
            families[family] = revisions = [];
        revisions.Add((container, image));
        return ArnOf(family, revisions.Count);
    }

    /// <summary>The ARN with a revision that a family, `family:revision` or ARN means. Throws <see cref="RefusedException"/>.</summary>
    public (string Arn, string Container, string Image) Find(string name)
    {
        var parts = name.Split('/')[^1].Split(':');
        if (!families.TryGetValue(parts[0], out var revisions))
            throw new RefusedException("ClientException", "Unable to describe task definition.");
        var revision = parts.Length > 1 && int.TryParse(parts[1], out var number) ? number : revisions.Count;
        if (revision < 1 || revision > revisions.Count)
            throw new RefusedException("ClientException", "Unable to describe task definition.");
        return (ArnOf(parts[0], revision), revisions[revision - 1].Container, revisions[revision - 1].Image);
    }

    public JsonObject Describe(string name)
    {
        var (arn, container, image) = Find(name);
        return new JsonObject
        {
            ["taskDefinition"] = new JsonObject
            {
                ["taskDefinitionArn"] = arn, ["family"] = arn.Split('/')[^1].Split(':')[0], ["revision"] = int.Parse(arn.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture),
                ["status"] = "ACTIVE", ["networkMode"] = "awsvpc", ["requiresCompatibilities"] = new JsonArray("FARGATE"), ["cpu"] = "256", ["memory"] = "512",
                ["containerDefinitions"] = new JsonArray(new JsonObject { ["name"] = container, ["image"] = image, ["essential"] = true }),
            },
        };
    }

    private string ArnOf(string family, int revision) => $"arn:aws:ecs:{LocalCloud.Region}:{account}:task-definition/{family}:{revision}";
}
