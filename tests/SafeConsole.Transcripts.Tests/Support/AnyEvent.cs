using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>Arbitrary events of every type of the closed set, built from their constructors, so that a new type is covered by existing.</summary>
public static class AnyEvent
{
    private static readonly string[] Fragments =
        ["", "a", "SELECT 1;", "\n", "\r\n", "\u001b[31m", "\0", "\"", "\\", "{\"n\":1}", "ö", "漢字", "🍲", "\u2028", "\u007f", "<b>'&", "\ufffd", "\ud7ff"];

    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(TranscriptEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TranscriptEvent)) && !type.IsAbstract)];

    public static Arbitrary<TranscriptEvent> Events() => Gen.OneOf(Types.Select(OfType)).ToArbitrary();

    public static Gen<TranscriptEvent> OfType(Type type) => Record(type).Select(value => (TranscriptEvent)value!);

    private static Gen<string> Text() => Gen.ListOf(Gen.Elements(Fragments)).Select(parts => string.Concat(parts));

    private static Gen<object?> Record(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(made => made.GetParameters().Length).First();
        return Gen.CollectToArray(constructor.GetParameters().Select(Parameter)).Select(arguments => (object?)constructor.Invoke(arguments));
    }

    private static Gen<object?> Parameter(ParameterInfo parameter)
    {
        NullabilityInfo nullability = new NullabilityInfoContext().Create(parameter);
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        Gen<object?> value = type.IsGenericType ? ListOf(type, nullability) : Value(type);
        return nullability.WriteState == NullabilityState.Nullable ? OrNull(value) : value;
    }

    private static Gen<object?> ListOf(Type type, NullabilityInfo nullability)
    {
        Type element = type.GetGenericArguments()[0];
        Gen<object?> value = Value(element);
        if (nullability.GenericTypeArguments[0].WriteState == NullabilityState.Nullable)
        {
            value = OrNull(value);
        }

        return Gen.ListOf(value).Select(values =>
        {
            Array array = Array.CreateInstance(element, values.Count);
            values.ToArray().CopyTo(array, 0);
            return (object?)array;
        });
    }

    private static Gen<object?> OrNull(Gen<object?> value) => Gen.Frequency((1, Gen.Constant<object?>(null)), (3, value));

    private static Gen<object?> Value(Type type)
    {
        if (type == typeof(TerminalBytes))
        {
            return Gen.OneOf(Text().Select(System.Text.Encoding.UTF8.GetBytes), Gen.ArrayOf(Gen.Choose(0, 255).Select(number => (byte)number)))
                .Select(bytes => (object?)TerminalBytes.From(bytes));
        }

        return type switch
        {
            _ when type == typeof(string) => Text().Select(text => (object?)text),
            _ when type == typeof(bool) => Gen.Elements<object?>(true, false),
            _ when type == typeof(int) => Gen.Elements<object?>(0, 1, -1, 5432, int.MaxValue, int.MinValue),
            _ when type == typeof(long) => Gen.Elements<object?>(0L, 1L, 1L << 53, long.MaxValue),
            _ when type == typeof(double) => Gen.Elements<object?>(0d, 0.1, 12.5, 1e300, double.Epsilon, 1d / 3),
            _ when type.IsEnum => Gen.Elements(Enum.GetValues(type).Cast<object?>().ToArray()),
            _ => Record(type),
        };
    }
}
