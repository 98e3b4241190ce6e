using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Whose tags a task inherits.</summary>
internal sealed class PropagateTags(string value) : ConstantClass(value)
{
    public static readonly PropagateTags NONE = new("NONE");

    public static readonly PropagateTags TASK_DEFINITION = new("TASK_DEFINITION");

    public static implicit operator PropagateTags(string value) => FindValue(value);

    public static PropagateTags FindValue(string value) => FindValue<PropagateTags>(value);
}
