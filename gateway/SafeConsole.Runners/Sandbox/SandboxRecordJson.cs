using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeConsole.Runners.Sandbox;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SandboxRecord))]
internal sealed partial class SandboxRecordJson : JsonSerializerContext;
