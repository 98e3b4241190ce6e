using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Has the network interface an address of the internet?</summary>
internal sealed class AssignPublicIp(string value) : ConstantClass(value)
{
    public static readonly AssignPublicIp DISABLED = new("DISABLED");

    public static readonly AssignPublicIp ENABLED = new("ENABLED");

    public static implicit operator AssignPublicIp(string value) => FindValue(value);

    public static AssignPublicIp FindValue(string value) => FindValue<AssignPublicIp>(value);
}
