using System.Collections.Immutable;

namespace SafeConsole.Policies.Loading;

/// <summary>Makes a snapshot of a folder's content, or says everything that is wrong with it.</summary>
internal static class PolicyLoader
{
    /// <summary>The snapshot, if there are no problems; else null and all of them, by file and line.</summary>
    public static (PolicySnapshot? Snapshot, ImmutableArray<PolicyProblem> Problems) Load(PolicyFolderContent content, DateTimeOffset now)
    {
        List<PolicyProblem> problems = [.. content.Problems];
        var reader = new TargetReader(problems);
        PolicyDocument? defaults = content.Files.FirstOrDefault(file => file.Path == "default.yaml") is { } file ? PolicyDocument.Parse(file, problems) : null;
        if (defaults is not null)
        {
            reader.Check(defaults);
        }

        List<TargetPolicy> targets = [];
        foreach (PolicyFile target in content.Files.Where(item => item.Path != "default.yaml"))
        {
            if (PolicyDocument.Parse(target, problems) is { } document)
            {
                targets.Add(reader.Read(document, defaults));
            }
        }

        if (targets.Count == 0 && problems.Count == 0)
        {
            problems.Add(new PolicyProblem("targets", 1, 1, "There is no target: put a file such as targets/recipes.yaml here."));
        }

        if (problems.Count > 0)
        {
            return (null, [.. problems.Distinct().OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
        }

        return (
            new PolicySnapshot(content.Revision, now, targets.ToImmutableSortedDictionary(target => target.Name, target => target, StringComparer.Ordinal))
            {
                Sources = content.Files.ToImmutableSortedDictionary(source => source.Path, source => source.Text, StringComparer.Ordinal),
            },
            []);
    }
}
