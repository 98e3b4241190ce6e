using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SafeConsole.Policies.Loading;

/// <summary>A policy file as YAML nodes that know their place.</summary>
internal sealed record PolicyDocument(string File, YamlMappingNode Root)
{
    private const int DeepestNesting = 32;

    /// <summary>Reads one file; null, with a problem noted, if it is not one YAML mapping.</summary>
    public static PolicyDocument? Parse(PolicyFile file, List<PolicyProblem> problems)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(file.Text);
        var parser = new Parser(reader);
        try
        {
            RefuseDepth(file.Text);
            stream.Load(parser);
        }
        catch (Exception failure)
        {
            // Beside YamlException the node reader throws others for some malformed texts.
            Mark place = (failure as YamlException)?.Start ?? parser.Current?.Start ?? Mark.Empty;
            problems.Add(new PolicyProblem(file.Path, (int)Math.Max(1, place.Line), (int)Math.Max(1, place.Column), $"This is not YAML: {failure.Message}"));
            return null;
        }

        if (stream.Documents is not [var document])
        {
            problems.Add(new PolicyProblem(file.Path, 1, 1, stream.Documents.Count == 0 ? "The file is empty." : "The file holds more than one YAML document."));
            return null;
        }

        if (document.RootNode is YamlMappingNode root)
        {
            return new PolicyDocument(file.Path, root);
        }

        problems.Add(new PolicyProblem(file.Path, 1, 1, "The file must hold keys with values, such as `title: Recipes`."));
        return null;
    }

    /// <summary>The node reader recurses, so depth is bounded before it is let loose.</summary>
    private static void RefuseDepth(string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        int depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting)
            {
                throw new YamlException(parser.Current.Start, parser.Current.End, $"It is nested more than {DeepestNesting} levels deep.");
            }
        }
    }
}
