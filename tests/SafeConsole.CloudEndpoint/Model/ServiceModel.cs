using System.IO.Compression;
using System.Text.Json.Nodes;

namespace SafeConsole.CloudEndpoint.Model;

/// <summary>
/// The official description of a service, as Debian's python3-botocore carries it: operations, and the shapes of what goes in and comes out.
/// </summary>
public sealed class ServiceModel
{
    private const string Folder = "/usr/lib/python3/dist-packages/botocore/data";

    private readonly JsonNode root;

    private ServiceModel(JsonNode root) => this.root = root;

    /// <summary>What stands before the dot in `X-Amz-Target`.</summary>
    public string TargetPrefix => (string)root["metadata"]!["targetPrefix"]!;

    /// <summary>The name in a signature's scope.</summary>
    public string SigningName => (string?)root["metadata"]!["signingName"] ?? (string)root["metadata"]!["endpointPrefix"]!;

    /// <summary>ECS, with what came after Debian's copy: `RunTask` has taken a `clientToken` since the end of 2023.</summary>
    public static ServiceModel Ecs()
    {
        var model = Load("ecs", "2014-11-13");
        var shapes = model.root["shapes"]!;
        shapes["ClientToken"] = JsonNode.Parse("""{"type":"string","max":64,"pattern":"^[!-~]*$"}""");
        shapes["RunTaskRequest"]!["members"]!["clientToken"] = JsonNode.Parse("""{"shape":"ClientToken"}""");
        model.root["operations"]!["RunTask"]!["errors"]!.AsArray().Add(JsonNode.Parse("""{"shape":"ConflictException"}"""));
        return model;
    }

    /// <summary>Systems Manager, of which the Parameter Store is a part.</summary>
    public static ServiceModel Ssm() => Load("ssm", "2014-11-06");

    /// <summary>What an operation takes; null where there is no such operation.</summary>
    public string? InputOf(string operation) => (string?)root["operations"]![operation]?["input"]!["shape"];

    /// <summary>What an operation answers.</summary>
    public string OutputOf(string operation) => (string)root["operations"]![operation]!["output"]!["shape"]!;

    /// <summary>The errors that an operation may end with, beside those that every service has.</summary>
    public IReadOnlyList<string> ErrorsOf(string operation) =>
        [.. root["operations"]![operation]!["errors"]!.AsArray().Select(error => (string)error!["shape"]!)];

    /// <summary>What is wrong with a value of a shape; empty where nothing is.</summary>
    public IReadOnlyList<string> Problems(string shape, JsonNode? value)
    {
        var check = new ShapeCheck(root["shapes"]!);
        check.Check(shape, value, shape);
        return check.Problems;
    }

    private static ServiceModel Load(string service, string version)
    {
        var path = Path.Combine(Folder, service, version, "service-2.json");
        if (File.Exists(path))
            return new ServiceModel(JsonNode.Parse(File.ReadAllText(path))!);
        if (!File.Exists(path + ".gz"))
            throw new InvalidOperationException($"There is no {path}; it is in Debian's package python3-botocore.");
        using var packed = new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        return new ServiceModel(JsonNode.Parse(packed)!);
    }
}
