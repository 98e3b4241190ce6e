using System.Text.Json.Serialization;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts;

/// <summary>Generated JSON code for the closed set of events and for seals. Missing or null members are refused where the type forbids them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TranscriptEvent))]
[JsonSerializable(typeof(TranscriptSeal))]
internal sealed partial class TranscriptJson : JsonSerializerContext;
