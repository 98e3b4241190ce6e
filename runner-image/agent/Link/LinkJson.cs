using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeConsole.Agent.Link;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HelloFrame))]
[JsonSerializable(typeof(StartFrame))]
[JsonSerializable(typeof(ResizeFrame))]
[JsonSerializable(typeof(ExitFrame))]
[JsonSerializable(typeof(UsageFrame))]
[JsonSerializable(typeof(LogFrame))]
[JsonSerializable(typeof(FailureFrame))]
internal sealed partial class LinkJson : JsonSerializerContext;
