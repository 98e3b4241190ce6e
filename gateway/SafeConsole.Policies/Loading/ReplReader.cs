using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace SafeConsole.Policies.Loading;

/// <summary>Reads `repl`: what runs, in what, and how many runners are kept ready.</summary>
internal sealed class ReplReader(PolicySection repl)
{
    private const int LongestCommand = 100;
    private const int MostWarm = 20;

    /// <summary>The whole section.</summary>
    public ReplPolicy Read()
    {
        List<ReplOption> options = [];
        foreach (PolicySection section in repl.Sections("options"))
        {
            ReplOption option = Option(section);
            if (options.Any(other => other.Name == option.Name))
            {
                section.Find("name")?.Problem($"There are two options named `{option.Name}`.");
            }

            options.Add(option);
        }

        string launcher = repl.Choice("launcher", "sandbox", "docker", "ecs");
        return new ReplPolicy(repl.Text("name"), launcher, [.. options], repl.Pairs("environment"))
        {
            Image = Only("docker", "image", launcher) ? repl.Text("image") : null,
            Ecs = Only("ecs", "ecs", launcher) ? Ecs(repl.Section("ecs")) : null,
            Warm = repl.Find("warm") is null ? 0 : (int)repl.Count("warm", 0, MostWarm),
        };
    }

    private static EcsPolicy Ecs(PolicySection ecs) => new(
        ecs.Text("taskDefinition"), ecs.Text("container"), ecs.Texts("capacityProviders", PolicyValidator.CapacityProvider));

    /// <summary>True for the launcher that the key belongs to; with any other launcher the key must not be there.</summary>
    private bool Only(string owner, string key, string launcher)
    {
        if (launcher == owner)
        {
            return true;
        }

        repl.Find(key)?.Problem($"`repl.{key}` belongs to `launcher: {owner}`, and the launcher is `{launcher}`.");
        return false;
    }

    private static ReplOption Option(PolicySection option)
    {
        string name = option.Text("name");
        option.Report("name", PolicyValidator.OptionName);
        ImmutableArray<string> command = option.Texts("command");
        PolicyValue? place = option.Require("command");
        if (place?.Node is YamlSequenceNode { Children.Count: 0 })
        {
            place.Problem("`command` is empty; its first item is the program, such as [psql, --no-psqlrc].");
        }
        else if (command.Length > LongestCommand)
        {
            place?.Problem($"`command` has more than {LongestCommand} items.");
        }
        else if (command is [var program, ..] && PolicyValidator.Program(program) is { } problem)
        {
            place?.Problem(problem);
        }

        return new ReplOption(name, option.Text("title"), option.Text("description"), command);
    }
}
