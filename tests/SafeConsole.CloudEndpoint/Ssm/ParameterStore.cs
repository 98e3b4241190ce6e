using System.Text.Json.Nodes;
using SafeConsole.CloudEndpoint.Model;

namespace SafeConsole.CloudEndpoint.Ssm;

/// <summary>The Parameter Store: texts and secure strings by name.</summary>
public sealed class ParameterStore : ICloudService
{
    private const int MostNames = 10;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, (string Type, string Value, int Version)> parameters = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    ServiceModel ICloudService.Model { get; } = ServiceModel.Ssm();

    /// <summary>Writes a secure string, in a new version where there is one.</summary>
    public void PutSecret(string name, string value) => Put(name, "SecureString", value);

    /// <summary>Writes a text that is not encrypted.</summary>
    public void PutText(string name, string value) => Put(name, "String", value);

    /// <inheritdoc/>
    JsonObject ICloudService.Answer(string operation, JsonObject request)
    {
        lock (gate)
        {
            var decrypted = (bool?)request["WithDecryption"] ?? false;
            return operation switch
            {
                "GetParameter" => Find((string)request["Name"]!, decrypted) is { } found ? new JsonObject { ["Parameter"] = found } : throw new RefusedException("ParameterNotFound", ""),
                "GetParameters" => GetAll([.. request["Names"]!.AsArray().Select(name => (string)name!)], decrypted),
                "GetParametersByPath" => GetByPath(request, decrypted),
                _ => throw new RefusedException("UnknownOperationException", operation),
            };
        }
    }

    private void Put(string name, string type, string value)
    {
        lock (gate)
            parameters[name] = (type, value, parameters.TryGetValue(name, out var before) ? before.Version + 1 : 1);
    }

    private JsonObject GetAll(IReadOnlyList<string> names, bool decrypted)
    {
        if (names.Count > MostNames)
            throw new RefusedException("ValidationException", "Names must have length less than or equal to 10");
        var found = names.Select(name => (Name: name, Parameter: Find(name, decrypted))).ToList();
        return new JsonObject
        {
            ["Parameters"] = new JsonArray([.. found.Where(entry => entry.Parameter is not null).Select(entry => entry.Parameter)]),
            ["InvalidParameters"] = new JsonArray([.. found.Where(entry => entry.Parameter is null).Select(entry => JsonValue.Create(entry.Name))]),
        };
    }

    private JsonObject GetByPath(JsonObject request, bool decrypted)
    {
        var path = ((string)request["Path"]!).TrimEnd('/') + "/";
        var recursive = (bool?)request["Recursive"] ?? false;
        var fitting = parameters.Keys.Where(name => name.StartsWith(path, StringComparison.Ordinal) && (recursive || !name[path.Length..].Contains('/', StringComparison.Ordinal))).ToList();
        var from = int.Parse((string?)request["NextToken"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        var page = fitting.Skip(from).Take((int?)request["MaxResults"] ?? MostNames).ToList();
        var answer = new JsonObject { ["Parameters"] = new JsonArray([.. page.Select(name => Find(name, decrypted))]) };
        if (from + page.Count < fitting.Count)
            answer["NextToken"] = (from + page.Count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return answer;
    }

    private JsonObject? Find(string name, bool decrypted)
    {
        if (!parameters.TryGetValue(name, out var found))
            return null;
        return new JsonObject
        {
            ["Name"] = name, ["Type"] = found.Type, ["Version"] = found.Version, ["DataType"] = "text", ["LastModifiedDate"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0,
            ["ARN"] = $"arn:aws:ssm:{LocalCloud.Region}:123456789012:parameter/{name.TrimStart('/')}",
            ["Value"] = found.Type == "SecureString" && !decrypted ? Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(found.Value))) : found.Value,
        };
    }
}
