using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.ECS.Model;

namespace Amazon.ECS.Internal;

/// <summary>The model's types as JSON: camel case, absent where null, times in seconds since 1970, constants as text.</summary>
internal static class ModelJson
{
    private static readonly string ModelNamespace = typeof(RunTaskRequest).Namespace!;

    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new EpochSecondsConverter(), new ConstantConverterFactory() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatTheSdkAdds } },
    };

    private static void LeaveOutWhatTheSdkAdds(JsonTypeInfo type)
    {
        if (type.Type.Namespace != ModelNamespace)
            return;
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].AttributeProvider is System.Reflection.MemberInfo member && member.DeclaringType?.Namespace != ModelNamespace)
                type.Properties.RemoveAt(i);
        }
    }
}
