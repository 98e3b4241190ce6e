using YamlDotNet.RepresentationModel;

namespace SafeConsole.Policies.Loading;

/// <summary>A value in a policy file: the path of keys that leads to it, and where it stands.</summary>
internal sealed record PolicyValue(string Path, string File, YamlNode Node, List<PolicyProblem> Problems)
{
    /// <summary>The value's text; null if it is a list or a mapping, or empty.</summary>
    public string? Scalar => Node is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;

    /// <summary>Notes a problem at the value.</summary>
    public void Problem(string message) => Problems.Add(new PolicyProblem(File, (int)Node.Start.Line, (int)Node.Start.Column, message));

    /// <summary>Notes that the value is of another kind than needed.</summary>
    public void WrongKind(string wanted)
    {
        string found = Node switch
        {
            YamlMappingNode => "is a mapping",
            YamlSequenceNode => "is a list",
            YamlScalarNode { Value: { Length: > 0 } text } => $"is `{text}`",
            _ => "is empty",
        };
        Problem($"`{Path}` must be {wanted}; here it {found}.");
    }
}
