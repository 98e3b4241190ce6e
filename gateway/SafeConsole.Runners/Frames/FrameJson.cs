using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeConsole.Runners.Frames;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HelloFrame))]
[JsonSerializable(typeof(ExitFrame))]
[JsonSerializable(typeof(FailureFrame))]
[JsonSerializable(typeof(UsageFrame))]
[JsonSerializable(typeof(LogFrame))]
[JsonSerializable(typeof(ResizeFrame))]
[JsonSerializable(typeof(RunnerStart))]
internal sealed partial class FrameJson : JsonSerializerContext;
